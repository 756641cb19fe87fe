"""Looking at a text with every rule that the settings ask for."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from shared.content.survey import survey
from shared.domain.check_options import Level
from shared.domain.errors import Invalid
from shared.domain.posts.checks.finding import Finding
from shared.domain.posts.checks.rules import CHECKS, Case
from shared.domain.posts.content import Content, content_of
from shared.domain.site import Site, load_site
from shared.domain.work import Work
from shared.models import Post
from shared.saying import say

HasFile = Callable[[str], bool]


def check_content(
    content: Content,
    *,
    kind: str,
    site: Site,
    session: Session,
    now: datetime,
    post_id: int | None = None,
    has_file: HasFile = lambda _: True,
    own_hosts: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Return what there is to mend in a text, what matters most first, then by line.

    `has_file` tells whether a path below `/media/` is there; without it all of them are.
    """
    case = Case(
        session=session,
        now=now,
        content=content,
        kind=kind,
        survey=survey(content.body),
        post_id=post_id,
        has_file=has_file,
        own_hosts=own_hosts,
    )
    found = [
        Finding(rule, level, said.message, said.line, said.field)
        for rule, check in CHECKS.items()
        if (level := site.level_of(rule)) is not Level.OFF
        for said in check(case)
    ]
    weight = list(Level)
    return sorted(found, key=lambda item: (-weight.index(item.level), item.line or 0))


def check_post(
    post: Post,
    *,
    site: Site,
    session: Session,
    now: datetime,
    has_file: HasFile = lambda _: True,
    own_hosts: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Return what there is to mend in a post as it was saved last."""
    return check_content(
        content_of(post),
        kind=post.kind,
        site=site,
        session=session,
        now=now,
        post_id=post.id,
        has_file=has_file,
        own_hosts=own_hosts,
    )


def refuse_errors(post: Post, content: Content, *, work: Work) -> None:
    """Raise Invalid naming each field in which a rule of the level `error` found something."""
    site = load_site(work.session)
    if all(site.level_of(rule) is not Level.ERROR for rule in CHECKS):
        return
    found = check_content(
        content, kind=post.kind, site=site, session=work.session, now=work.at, post_id=post.id
    )
    errors: dict[str, str] = {}
    for item in found:
        if item.level is Level.ERROR:
            told = item.message if item.line is None else _at_line(item)
            errors.setdefault(item.field, told)
    if errors:
        raise Invalid(errors)


def _at_line(item: Finding) -> str:
    return say("Line %(line)s: %(message)s", line=item.line, message=item.message)
