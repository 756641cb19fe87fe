"""Two versions of a content side by side: which fields differ, and the text line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.content.diffs import DiffLine, diff_lines
from shared.domain.posts import Content
from shared.domain.posts.details import find_people
from shared.domain.site import LANGUAGE_NAMES
from shared.models import Category

FIELDS = {
    "title": _l("Title"),
    "slug": _l("Address"),
    "summary": _l("Summary"),
    "tags": _l("Tags"),
    "categories": _l("Categories"),
    "language": _l("Language"),
    "byline": _l("Byline"),
    "coauthors": _l("Further authors"),
    "translation_of": _l("Translation of"),
    "cover": _l("Cover"),
    "cover_alt": _l("What the cover shows"),
    "cover_x": _l("Cover: kept point, from the left"),
    "cover_y": _l("Cover: kept point, from the top"),
    "seo_title": _l("Title for search engines"),
    "seo_description": _l("Description for search engines"),
    "canonical": _l("Canonical address"),
    "noindex": _l("Left out by search engines"),
    "social_title": _l("Title when shared"),
    "social_description": _l("Description when shared"),
    "social_image": _l("Picture when shared"),
    "template": _l("Layout"),
    "comments": _l("Comments"),
    "meta": _l("Other front matter"),
}


@dataclass(frozen=True)
class Comparison:
    """What is different: rows of each changed field by its label, and of the text.

    `names` are the fields that differ, by label.
    """

    fields: Mapping[str, list[DiffLine]]
    body: list[DiffLine]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not self.fields and not self.body


def compare(old: Content, new: Content, session: Session) -> Comparison:
    """Compare two contents; an unchanged text has no rows."""
    people = find_people((*old.coauthors, *new.coauthors), session)
    names = {
        "categories": _category_names(session, {*old.categories, *new.categories}),
        "coauthors": {number: user.name for number, user in people.items()},
    }
    fields = {}
    for name, label in FIELDS.items():
        before, after = _text(old, name, names), _text(new, name, names)
        if before != after:
            fields[str(label)] = diff_lines(before, after)
    body = diff_lines(old.body, new.body) if old.body != new.body else []
    return Comparison(fields, body)


def _text(content: Content, name: str, names: Mapping[str, Mapping[int, str]]) -> str:
    value: Any = getattr(content, name)
    if name in names:
        return "\n".join(names[name].get(number, f"({number})") for number in value)
    if name == "tags":
        return "\n".join(value)
    if name == "meta":
        return "\n".join(f"{key}: {value[key]}" for key in sorted(value))
    if name == "language":
        return LANGUAGE_NAMES.get(str(value), str(value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return "" if value is None else str(value)


def _category_names(session: Session, numbers: set[int]) -> dict[int, str]:
    if not numbers:
        return {}
    rows = session.execute(select(Category.id, Category.name).where(Category.id.in_(numbers)))
    return {row.id: row.name for row in rows}
