"""The files of the library: narrowed by the query, sorted, a page at a time by keyset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from admin.crud.cursor import Place, decode, encode
from shared.models import MEDIA_KINDS, Media, MediaUse

PAGE: Final = 48
MOST_COUNTED: Final = 1_000
SORTS: Final[dict[str, tuple[Any, bool]]] = {
    "new": (Media.created_at, True),
    "old": (Media.created_at, False),
    "name": (Media.name, False),
    "large": (Media.bytes, True),
}
USES: Final = ("used", "unused")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person asked to see."""

    q: str = ""
    kind: str = ""
    folder: str = ""
    use: str = ""
    alt: str = ""
    trash: str = ""
    sort: str = "new"
    view: str = "grid"
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """Read a query; what is not offered is left out."""
        allowed = {
            "kind": (*MEDIA_KINDS, ""),
            "use": (*USES, ""),
            "alt": ("missing", ""),
            "trash": ("1", ""),
            "sort": tuple(SORTS),
            "view": ("grid", "list"),
        }
        values = {name: query.get(name, "") for name in cls.__dataclass_fields__}
        kept = {
            name: value.replace("\0", "")[:200]
            for name, value in values.items()
            if value and (name not in allowed or value in allowed[name])
        }
        return cls(**kept)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but order and shape was asked for."""
        return any((self.q, self.kind, self.folder, self.use, self.alt))

    def but(self, **over: str) -> str:
        """Return the query with something changed, from the first page on."""
        changed = replace(self, after="", **over) if "after" not in over else replace(self, **over)
        plain = Wanted()
        given = {
            name: value
            for name in self.__dataclass_fields__
            if (value := getattr(changed, name)) != getattr(plain, name)
        }
        return f"?{urlencode(given)}"


@dataclass(frozen=True)
class Shelf:
    """A page of the library; `more` is the place that the next one begins after."""

    files: Sequence[Media]
    more: str
    count: int
    used: frozenset[int]


def list_media(session: Session, wanted: Wanted, *, limit: int = PAGE) -> Shelf:
    """Return the files that were asked for."""
    where = _conditions(wanted)
    counted = select(Media.id).where(*where).limit(MOST_COUNTED + 1).subquery()
    count = session.scalar(select(func.count()).select_from(counted)) or 0
    found = session.scalars(_sorted(select(Media).where(*where), wanted).limit(limit + 1)).all()
    files = found[:limit]
    column, _ = SORTS[wanted.sort]
    last = files[-1] if len(found) > limit else None
    more = encode(Place(getattr(last, column.key), last.id)) if last else ""
    ids = [item.id for item in files]
    used = session.scalars(select(MediaUse.media_id).where(MediaUse.media_id.in_(ids)).distinct())
    return Shelf(files, more, count, frozenset(used))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    trashed = Media.trashed_at
    where: list[ColumnElement[bool]] = []
    where.append(trashed.is_not(None) if wanted.trash else trashed.is_(None))
    for word in wanted.q.split()[:8]:
        texts = (Media.name, Media.alt, Media.caption, Media.credit, Media.folder)
        where.append(or_(*(text.icontains(word, autoescape=True) for text in texts)))
    if wanted.kind:
        where.append(Media.kind == wanted.kind)
    if wanted.folder:
        below = Media.folder.startswith(f"{wanted.folder}/", autoescape=True)
        where.append(or_(Media.folder == wanted.folder, below))
    if wanted.use:
        is_used = exists().where(MediaUse.media_id == Media.id)
        where.append(is_used if wanted.use == "used" else ~is_used)
    if wanted.alt:
        shown = Media.kind.in_(("image", "drawing"))
        where.append(and_(shown, Media.alt == "", Media.decorative.is_(False)))
    return where


def _sorted(query: Select[Any], wanted: Wanted) -> Select[Any]:
    column, descending = SORTS[wanted.sort]
    place = decode(wanted.after)
    if place is not None and _fits(column.key, place.value):
        here, there = tuple_(column, Media.id), tuple_(place.value, place.id)
        query = query.where(here < there if descending else here > there)
    order = (column, Media.id)
    return query.order_by(*(item.desc() for item in order) if descending else order)


def _fits(key: str, value: Any) -> bool:
    kind = {"created_at": datetime, "name": str, "bytes": int}[key]
    return isinstance(value, kind) and not isinstance(value, bool)
