"""What is published and what ends on each of some days, in one query."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session

from admin.calendar.months import begin_of
from shared.domain.permissions import Permission
from shared.domain.work import Actor
from shared.models import Post, UtcDateTime

COUNTED: Final = 50  # of one day; beyond it "and more" is said
COMES: Final = "comes"
GOES: Final = "goes"
_AT: Final = {COMES: Post.published_at, GOES: Post.expires_at}


def read_days(
    session: Session, actor: Actor, days: Sequence[date], zone: tzinfo
) -> dict[date, list[Row[Any]]]:
    """Return what comes and goes on days that follow each other, in the order of time.

    Authors see their own posts, as in the list; of one day no more than COUNTED of each are read.
    """
    sees_all = Permission.POSTS_READ in actor.permissions
    edges = (*days, days[-1] + timedelta(days=1))
    values: dict[str, Any] = {f"day{n}": begin_of(day, zone) for n, day in enumerate(edges)}
    found: dict[date, list[Row[Any]]] = {day: [] for day in days}
    rows = session.execute(_of_days(len(days), sees_all), values | {"author": actor.user_id})
    for row in rows:
        found[days[row.day]].append(row)
    for entries in found.values():
        entries.sort(key=lambda row: (row.at, row.id))
    return found


@lru_cache(maxsize=32)
def _of_days(number: int, sees_all: bool) -> Select[Any]:
    """Select some days: each walks an index from its first instant, and stops in time.

    One range for all would read everything that an import put on a single day.
    """
    parts = [_of_day(day, what, sees_all) for day in range(number) for what in _AT]
    return select(union_all(*(select(part.subquery()) for part in parts)).subquery())


def _of_day(day: int, what: str, sees_all: bool) -> Select[Any]:
    at, kind, author = _AT[what], Post.kind.expression, Post.author_id.expression
    if what == GOES:
        # Few posts end: what nearly all have is kept out of the choice of an index by a function.
        kind, author = func.coalesce(kind, ""), func.coalesce(author, 0)
    begin, end = (bindparam(f"day{n}", type_=UtcDateTime) for n in (day, day + 1))
    own = [] if sees_all else [author == bindparam("author")]
    columns: tuple[Any, ...] = (
        literal(day).label("day"),
        literal(what).label("what"),
        at.label("at"),
        Post.id,
        Post.title,
        Post.published_at,
        Post.expires_at,
    )
    return (
        select(*columns)
        .where(kind == "post", at >= begin, at < end, Post.published_at.is_not(None), *own)
        .order_by(at)
        .limit(COUNTED + 1)
    )
