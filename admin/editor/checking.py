"""What there is to mend in the text at hand, told to whoever writes it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from admin.editor.own_links import reading
from admin.languages import told
from shared.domain.posts import Content
from shared.domain.posts.checks import Finding, Level, check_content
from shared.domain.site import load_site
from shared.own_places import files_of, own_hosts
from shared.web import now, runtime

LEVEL_NAMES: Final = {
    Level.HINT: _l("Hint"),
    Level.WARNING: _l("Warning"),
    Level.ERROR: _l("Error"),
}


# What the rules look at, by the names of the editor's fields.
FIELDS: Final = ("title", "slug", "body", "summary", "cover", "cover_alt", "seo_description")


def content_in(fields: Mapping[str, str]) -> Content:
    """Return the content in posted fields, as far as the rules look at it."""
    given: dict[str, Any] = {name: fields.get(name, "") for name in FIELDS}
    return Content(**given).tidied()


def check(content: Content, *, kind: str, post_id: int | None) -> Sequence[Finding]:
    """Check a text as it stands in the editor."""
    settings = runtime().settings
    with reading() as session:
        return check_content(
            content,
            kind=kind,
            site=load_site(session),
            session=session,
            now=now(),
            post_id=post_id,
            has_file=files_of(settings),
            own_hosts=own_hosts(settings),
        )


def list_findings(
    fields: Mapping[str, str], kind: str, post_id: int | None
) -> list[dict[str, Any]]:
    """Return what there is to mend in posted fields, described."""
    found = check(content_in(fields), kind=kind, post_id=post_id)
    return [describe_finding(finding) for finding in found]


def describe_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding for the editor's script."""
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "word": str(LEVEL_NAMES[finding.level]),
        "message": told(finding.message),
        "line": finding.line,
        "field": finding.field,
    }
