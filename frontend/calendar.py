"""Years, months and days of the archive, in the site's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session

from shared.models import Post
from shared.models.base import UtcDateTime
from shared.models.reads import read

FIRST_YEAR, LAST_YEAR = 1900, 9000


def _instant(name: str) -> Any:
    return bindparam(name, type_=UtcDateTime())


def _between(since: str, until: str) -> tuple[Any, Any]:
    """Bound the walk along the index; SQLite takes what is written first, so `now` comes after."""
    return Post.published_at >= _instant(since), Post.published_at < _instant(until)


PUBLIC = (Post.kind == "post", Post.public(_instant("now")))
NEWEST_FIRST = (Post.published_at.desc(), Post.id.desc())
ENDS = select(
    select(Post.published_at).where(*PUBLIC).order_by(Post.published_at).limit(1).scalar_subquery(),
    select(Post.published_at).where(*PUBLIC).order_by(*NEWEST_FIRST).limit(1).scalar_subquery(),
)
LINES = (
    select(Post.id, Post.slug, Post.title, Post.language, Post.published_at)
    .where(*_between("since", "until"), *PUBLIC)
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)


@dataclass(frozen=True, slots=True)
class Line:
    """One post of the archive: no more than its line shows."""

    slug: str
    title: str
    language: str
    day: date


Month = tuple[int, int, list[Line]]


def bounds_of_year(year: int, zone: ZoneInfo, *, until: int = 0) -> tuple[datetime, datetime]:
    """Return the first instants of a year and of the next (or of `until`), in the site's zone."""
    first, after = (datetime(number, 1, 1, tzinfo=zone) for number in (year, until or year + 1))
    return first.astimezone(UTC), after.astimezone(UTC)


def list_lines(
    session: Session,
    bounds: tuple[datetime, datetime],
    zone: ZoneInfo,
    *,
    now: datetime,
    limit: int,
    offset: int,
) -> list[Line]:
    """Return public posts between two instants, newest first."""
    values = {"now": now, "since": bounds[0], "until": bounds[1], "limit": limit, "offset": offset}
    rows = read(
        session, LINES, values, of=lambda rows: {"posts", *(f"post:{row.id}" for row in rows)}
    )
    return [
        Line(slug, title, language, at.astimezone(zone).date())
        for _, slug, title, language, at in rows
    ]


def list_years(session: Session, zone: ZoneInfo, *, now: datetime) -> list[int]:
    """Return the years that have a public post, newest first; each is one look into the index."""
    [ends] = read(session, ENDS, {"now": now}, of=("posts",))
    if ends[0] is None:
        return []
    oldest, newest = (end.astimezone(zone).year for end in ends)
    years = range(newest, oldest - 1, -1)
    values: dict[str, Any] = {"now": now}
    for place, year in enumerate(years):
        values[f"since_{place}"], values[f"until_{place}"] = bounds_of_year(year, zone)
    [found] = read(session, _years_statement(len(years)), values, of=("posts",))
    return [year for year, is_there in zip(years, found, strict=True) if is_there]


@lru_cache(maxsize=128)
def _years_statement(count: int) -> Select[Any]:
    looks: list[Any] = [
        exists()
        .where(*_between(f"since_{place}", f"until_{place}"), *PUBLIC)
        .label(f"year_{place}")
        for place in range(count)
    ]
    return select(*looks)


def months_of(lines: Sequence[Line]) -> list[Month]:
    """Group lines that are in order by year and month."""

    def month(line: Line) -> tuple[int, int]:
        return line.day.year, line.day.month

    return [(*key, list(group)) for key, group in groupby(lines, month)]
