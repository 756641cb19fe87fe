"""The menus around every page: those that were made, else one of what there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import bindparam, select

from shared.domain.menu_options import NUMBERED, MenuItem, all_items
from shared.models import Category, Post, Tag
from shared.models.base import UtcDateTime
from shared.models.reads import read
from shared.urls import path_to
from shared.web import now, session

path = partial(path_to, "frontend")

IDS: Any = bindparam("ids", expanding=True)
NOW: Any = bindparam("now", type_=UtcDateTime())
MOST_PAGES: Final = 6  # in the menu that is made of what there is
PAGES = (
    select(Post.title, Post.slug)
    .where(Post.kind == "page", Post.public(NOW), Post.slug.not_like("%/%"))
    .order_by(Post.title, Post.id)
    .limit(MOST_PAGES)
)
NAMED: Final = {
    "post": select(Post.id, Post.title, Post.kind, Post.slug).where(
        Post.id.in_(IDS), Post.public(NOW)
    ),
    "category": select(Category.id, Category.name, Category.path).where(Category.id.in_(IDS)),
    "tag": select(Tag.id, Tag.name, Tag.slug).where(Tag.id.in_(IDS)),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu; `address` is below the root, whole, or empty for a mere heading.

    `fixed` names the page of the site that it is, whose words are those of the site's language.
    """

    address: str
    name: str = ""
    fixed: str = ""
    children: tuple["Entry", ...] = ()


def automatic() -> tuple[Entry, ...]:
    """Return the menu of a site where none was made: lists, standing pages, search."""
    rows = read(session(), PAGES, {"now": now()}, of=("pages",))
    pages = (Entry(path("pages.show", path=slug), title) for title, slug in rows)
    return (_FIXED["archive"], _FIXED["topics"], *pages, _FIXED["search"])


def made_of(menu: Iterable[MenuItem]) -> tuple[Entry, ...]:
    """Return a menu that was made; what is not public, or gone, does not stand in it."""
    items = tuple(menu)
    places = _find(items)
    return tuple(entry for item in items if (entry := _entry(item, places)) is not None)


def keys_of(menu: Iterable[MenuItem]) -> set[str]:
    """Return the keys that a menu hangs on."""
    return {item.target for item in all_items(tuple(menu)) if NUMBERED.fullmatch(item.target)}


Places = Mapping[str, tuple[str, str]]


def _find(items: tuple[MenuItem, ...]) -> Places:
    """Return address and name of everything numbered that there is, by its target."""
    found: dict[str, tuple[str, str]] = {}
    wanted = [match for item in all_items(items) if (match := NUMBERED.fullmatch(item.target))]
    for kind, statement in NAMED.items():
        ids = sorted({int(match[2]) for match in wanted if match[1] == kind})
        if ids:
            keys = [f"{kind}:{number}" for number in ids]
            values = {"ids": ids} | ({"now": now()} if kind == "post" else {})
            for row in read(session(), statement, values, of=keys):
                found[f"{kind}:{row.id}"] = _address(kind, row), row[1]
    return found


def _address(kind: str, row: Any) -> str:
    if kind == "category":
        return path("categories.show", path=row.path)
    if kind == "tag":
        return path("tags.show", slug=row.slug)
    if row.kind == "page":
        return path("pages.show", path=row.slug)
    return path("posts.show", slug=row.slug)


def _entry(item: MenuItem, places: Places) -> Entry | None:
    below = tuple(entry for child in item.children if (entry := _entry(child, places)) is not None)
    if item.target in _FIXED:
        fixed = _FIXED[item.target]
        return Entry(fixed.address, item.label, "" if item.label else fixed.fixed, below)
    if not NUMBERED.fullmatch(item.target):
        return Entry(item.target, item.label or item.target, children=below)
    if item.target not in places:
        return None
    address, name = places[item.target]
    return Entry(address, item.label or name, children=below)


_FIXED: Final = {
    "home": Entry(path("posts.index"), fixed="home"),
    "archive": Entry(path("archive.index"), fixed="archive"),
    "topics": Entry(path("tags.index"), fixed="topics"),
    "search": Entry(path("search.index"), fixed="search"),
}
