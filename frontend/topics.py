"""Tags and categories as the site shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from shared.content.slugs import slugify
from shared.models import Category, Tag
from shared.models.base import UtcDateTime
from shared.models.reading import Label, is_carried
from shared.models.reads import read

MOST = 1_000  # tags on one page
NOW: Any = bindparam("now", type_=UtcDateTime())


CARRIED = select(Tag.name, Tag.slug).where(is_carried(NOW)).limit(MOST)
NAMED = select(Tag.id, Tag.name, Tag.slug, Tag.description).where(
    or_(Tag.slug.in_(bindparam("slugs", expanding=True)), Tag.name == bindparam("name"))
)
ROOTS = (
    select(Category.name, Category.path)
    .where(Category.parent_id.is_(None))
    .order_by(Category.name, Category.id)
)
BELOW: Any = bindparam("below")
BRANCH = (
    select(Category.id, Category.parent_id, Category.name, Category.path, Category.description)
    .where(
        or_(
            Category.path.in_(bindparam("above", expanding=True)),
            func.substr(Category.path, 1, func.length(BELOW)) == BELOW,
        )
    )
    .order_by(Category.name, Category.id)
)


def find_tag(session: Session, key: str) -> Any:
    """Return id, name, slug and description of the tag of this slug, or else of this name."""
    values = {"slugs": [key, slugify(key)], "name": key}

    def best(rows: Sequence[Any]) -> Any:
        return min(rows, key=lambda tag: (tag.slug != key, tag.name != key, tag.id), default=None)

    def keys(rows: Sequence[Any]) -> list[str]:
        """A tag found by its own slug stays the answer until it changes itself."""
        found = best(rows)
        return [f"tag:{found.id}"] if found and found.slug == key else ["tags"]

    return best(read(session, NAMED, values, of=keys))


def list_tags(session: Session, *, now: datetime) -> list[Label]:
    """Return the tags that a public post carries, by name."""
    rows = read(session, CARRIED, {"now": now}, of=("posts", "tags"))
    labels = [Label(name, slug) for name, slug in rows]
    return sorted(labels, key=lambda label: (label.name.casefold(), label.key))


def list_roots(session: Session) -> list[Label]:
    """Return the categories at the top of the tree, by name."""
    rows = read(session, ROOTS, {}, of=("categories",))
    return [Label(name, path) for name, path in rows]


@dataclass(frozen=True)
class Branch:
    """A category, the way to it from the root, what stands just below, and the ids of all of it."""

    name: str
    path: str
    description: str
    way: tuple[Label, ...]
    children: tuple[Label, ...]
    ids: tuple[int, ...]


def find_branch(session: Session, path: str) -> Branch | None:
    """Return the category at a path with its place in the tree."""
    parts = path.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    rows = read(session, BRANCH, {"above": above, "below": f"{path}/"}, of=("categories",))
    own = next((row for row in rows if row.path == path), None)
    if own is None:
        return None
    inside = [row for row in rows if row.path.startswith(f"{path}/")]
    return Branch(
        name=own.name,
        path=own.path,
        description=own.description,
        way=tuple(sorted((_label(row) for row in rows if row.path in above), key=_depth)),
        children=tuple(_label(row) for row in inside if row.parent_id == own.id),
        ids=(own.id, *(row.id for row in inside)),
    )


def _label(row: Any) -> Label:
    return Label(row.name, row.path)


def _depth(label: Label) -> int:
    return label.key.count("/")
