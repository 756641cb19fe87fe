"""What stands at a path of the site: the question behind every check of links."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.redirects import forms_of, post_path
from shared.models import Category, Media, Post, Redirect, Tag, User
from shared.urls import FRONTEND, MOUNTS

# Pages that are always there, and folders whose every address is made by the site itself.
FIXED: Final = frozenset(rule for rule in FRONTEND.values() if "<" not in rule)
FOLDERS: Final = ("/archive/", "/static/", *(f"{mount}/" for mount in MOUNTS.values() if mount))
AT_ONCE: Final = 500


@dataclass(frozen=True)
class Place:
    """What a path leads to: `there`, `hidden` (not published), `moved` or `missing`.

    `leads_to` is where a redirect sends on, empty for one that says 410.
    """

    state: str
    leads_to: str = ""


def find_places(
    session: Session, paths: Collection[str], now: datetime, *, has_file: Callable[[str], bool]
) -> dict[str, Place]:
    """Return what each decoded path leads to; `has_file` tells whether `/media/…` is there."""
    known: dict[str, Place] = {}
    for path in paths:
        if _plain(path) in FIXED or path.startswith(FOLDERS):
            known[path] = Place("there")
    known |= _find_media(session, paths, has_file)
    rest = [path for path in paths if path not in known]
    for start in range(0, len(rest), AT_ONCE):
        part = rest[start : start + AT_ONCE]
        content = _find_content(session, part, now)
        moved = _find_moved(session, [path for path in part if path not in content])
        known |= {path: content.get(path) or moved.get(path) or Place("missing") for path in part}
    return known


def _find_media(
    session: Session, paths: Iterable[str], has_file: Callable[[str], bool]
) -> dict[str, Place]:
    """Look media up in the library, and beside it: files of old have no row there."""
    wanted = [path for path in paths if path.startswith("/media/")]
    listed: set[str] = set()
    for start in range(0, len(wanted), AT_ONCE):
        rows = select(Media.path).where(
            Media.path.in_(wanted[start : start + AT_ONCE]), Media.trashed_at.is_(None)
        )
        listed.update(session.scalars(rows))
    return {
        path: Place("there" if path in listed or has_file(path) else "missing") for path in wanted
    }


def _plain(path: str) -> str:
    return path if path.rpartition("/")[2].count(".") or path.endswith("/") else f"{path}/"


def _find_content(session: Session, paths: Iterable[str], now: datetime) -> dict[str, Place]:
    named = {path: _name(path) for path in paths}
    found: dict[tuple[str, str], str] = {}
    for kind, select_of in _SELECTS.items():
        names = {name for group, name in named.values() if group == kind}
        if names:
            rows: Any = session.execute(select_of(names))
            for row in rows:
                is_public = Post.is_public(row, now) if kind in {"post", "page"} else True
                found[kind, row[0]] = "there" if is_public else "hidden"
    return {path: Place(found[key]) for path, key in named.items() if key in found}


def _name(path: str) -> tuple[str, str]:
    """Return what kind of thing a path names, and by which name."""
    first, _, rest = path.strip("/").removesuffix("/feed.xml").partition("/")
    kind = {"page": "post", "list": "tag", "category": "category", "author": "author"}.get(first)
    return (kind, rest) if kind and rest else ("page", path.strip("/"))


def _posts(kind: str) -> Callable[[set[str]], Any]:
    columns = (Post.slug, Post.published_at, Post.expires_at)
    return lambda names: select(*columns).where(Post.kind == kind, Post.slug.in_(names))


_SELECTS: Final[dict[str, Callable[[set[str]], Any]]] = {
    "post": _posts("post"),
    "page": _posts("page"),
    "tag": lambda names: select(Tag.slug).where(Tag.slug.in_(names)),
    "category": lambda names: select(Category.path).where(Category.path.in_(names)),
    "author": lambda names: select(User.slug).where(User.slug.in_(names)),
}


def _find_moved(session: Session, paths: Iterable[str]) -> dict[str, Place]:
    forms = {path: forms_of(path) for path in paths}
    wanted = {form for group in forms.values() for form in group}
    if not wanted:
        return {}
    rows = session.scalars(select(Redirect).where(Redirect.path.in_(wanted))).all()
    by_path = {row.path: row for row in rows}
    places = {}
    for path, group in forms.items():
        names = [path, *sorted(group)]
        row = next((by_path[name] for name in names if name in by_path), None)
        if row is not None and row.status == 410:
            places[path] = Place("missing")
        elif row is not None:
            places[path] = Place("moved", post_path(row.post) if row.post else row.target)
    return places
