"""Stamps: which number of the database's content each key of a stored page was last touched at.

Triggers write them, so that no verb, bulk update or command can forget to; see
`shared.models.touches` for what touches what.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from string import Formatter
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    RowMapping,
    Select,
    String,
    bindparam,
    insert,
    select,
    table,
    text,
    union,
)
from sqlalchemy import column as named
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from shared.models.base import Base, Key, UtcDateTime
from shared.models.post import KINDS, Post
from shared.models.presentation import PostAuthor, Presentation
from shared.models.taxonomy import PostCategory, PostTag
from shared.models.touches import MEMBERSHIP


class PageVersion(Base):
    """One row: the number of the last change of content that was committed."""

    __tablename__ = "page_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(BigInteger)


class PageStamp(Base):
    """The number of the last change that touched a key."""

    __tablename__ = "page_stamp"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own declaration

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, index=True)


VERSION = "SELECT number FROM page_version"
EVERYTHING = "*"
# The next number, by SQLite's own clock: rising, and practically never that of another history.
SQLITE_NEXT = (
    "UPDATE page_version SET number ="
    " max(number + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))"
)

_VERSION = text(VERSION)
_NEXT = text(SQLITE_NEXT)
_TOUCH = insert(table("page_touch", named("key"))).values(key=bindparam("key"))
_TOUCH_ALL = text("SELECT page_stamp_keys(:keys)")
_SINCE = (
    select(PageStamp.key)
    .where(PageStamp.number > bindparam("number"))
    .limit(bindparam("limit", type_=BigInteger()))
)
_STAMPS = select(PageStamp.key, PageStamp.number).where(
    PageStamp.key.in_(bindparam("keys", expanding=True))
)


def read_version(session: Session) -> int:
    """Return the number of the last committed change of content."""
    number: int = session.connection().execute(_VERSION).scalar_one()
    return number


def keys_since(session: Session, number: int, *, limit: int) -> set[str] | None:
    """Return the keys stamped after a number, None when they are more than `limit`."""
    values = {"number": number, "limit": limit + 1}
    keys = set(session.connection().execute(_SINCE, values).scalars())
    return keys if len(keys) <= limit else None


def stamps_of(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Return the last number of each key that was ever stamped."""
    rows = session.connection().execute(_STAMPS, {"keys": list(keys)})
    return {key: number for key, number in rows}  # noqa: C416 - rows are no pairs to mypy


def stamp(session: Session, *keys: str) -> None:
    """Stamp keys by hand; commit soon after, since every other writer waits for the number."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_TOUCH_ALL, {"keys": list(keys)})
    else:
        connection.execute(_NEXT)
        connection.execute(_TOUCH, [{"key": key} for key in keys])


# --- time: what is published or expires between two instants, with nobody writing ---


def _instant(name: str) -> Any:
    return bindparam(name, type_=UtcDateTime())


EARLIER, LATER, NOW = _instant("earlier"), _instant("later"), _instant("now")
_OWN = tuple(key for key in MEMBERSHIP if not key.through)
_FIELDS = sorted(
    {"id", "kind"} | {name for key in _OWN for _, name, _, _ in Formatter().parse(key.text) if name}
)


def _turning(at: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    columns = [getattr(Post, name) for name in _FIELDS]
    passed = select(*columns).where(*conditions, at > EARLIER, at <= LATER)
    return passed.limit(bindparam("limit", type_=BigInteger()))


def _link(link: type[PostTag | PostCategory | PostAuthor | Presentation]) -> Select[Any]:
    return select(link.__table__).where(link.post_id.in_(bindparam("ids", expanding=True)))


_EXPIRES = (Post.published_at.is_not(None),)  # as the partial index has it
_PASSED = union(
    *(
        select(_turning(at, *conditions).subquery())
        for at, conditions in (
            (Post.published_at, (Post.kind.in_(KINDS),)),
            (Post.expires_at, _EXPIRES),
        )
    )
)
_LINKS = {
    link.__tablename__: _link(link) for link in (PostTag, PostCategory, PostAuthor, Presentation)
}


def keys_passed(
    session: Session, earlier: datetime, later: datetime, *, limit: int
) -> set[str] | None:
    """Return the keys of what is published or expires after `earlier`, up to and with `later`.

    None when that are more than `limit` posts.
    """
    connection = session.connection()
    values = {"earlier": earlier, "later": later, "limit": limit + 1}
    posts = connection.execute(_PASSED, values).mappings().all()
    if len(posts) > limit:
        return None
    keys = set(_keys_of(None, posts))
    if posts:
        ids = [post["id"] for post in posts]
        for name, statement in _LINKS.items():
            keys.update(_keys_of(name, connection.execute(statement, {"ids": ids}).mappings()))
    return keys


def _keys_of(through: str | None, rows: Iterable[RowMapping]) -> Iterator[str]:
    wanted = [key for key in MEMBERSHIP if key.through == through]
    for row in rows:
        given = {name: value for name, value in row.items() if value is not None}
        for key in wanted:
            if key.kind in {None, given.get("kind")}:
                try:
                    yield key.text.format_map(given)
                except KeyError:  # a column is NULL: no key
                    continue


def _nearest(at: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> tuple[Any, Any]:
    last = select(at).where(*conditions, at <= NOW).order_by(at.desc()).limit(1)
    first = select(at).where(*conditions, at > NOW).order_by(at).limit(1)
    return last.scalar_subquery(), first.scalar_subquery()


_TURNS = (
    *(_nearest(Post.published_at, Post.kind == kind) for kind in KINDS),
    _nearest(Post.expires_at, *_EXPIRES),
)
_BOUNDS = select(*(last for last, _ in _TURNS), *(first for _, first in _TURNS))


def bounds(session: Session, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the last instant up to `now` and the first after it at which something changes.

    That is where something is published or expires; None where there is no such instant.
    """
    found = session.connection().execute(_BOUNDS, {"now": now}).one()
    half = len(_TURNS)
    before = [at for at in found[:half] if at is not None]
    after = [at for at in found[half:] if at is not None]
    return max(before, default=None), min(after, default=None)


MOST_DAYS, MOST_MONTHS = 31, 24


def span(since: datetime, until: datetime | None) -> set[str]:
    """Return the keys of days, months or years that cover the time after `since` up to `until`.

    Without an end they are all posts.
    """
    if until is None:
        return {"posts"}
    first, last = sorted((_day(since), _day(until)))
    days = (last - first).days + 1
    if days <= MOST_DAYS:
        return {f"day:{first + timedelta(days=number):%Y-%m-%d}" for number in range(days)}
    months = range(_month(first), _month(last) + 1)
    if len(months) <= MOST_MONTHS:
        return {f"month:{number // 12:04}-{number % 12 + 1:02}" for number in months}
    return {f"year:{year:04}" for year in range(first.year, last.year + 1)}


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
