"""Years and months of the archive, in the site's zone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from shared.models import Post
from shared.models.reading import Summary

FIRST_YEAR, LAST_YEAR = 1900, 9000

Month = tuple[int, int, list[Summary]]


def bounds_of_year(year: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first instant of a year and of the next, in the site's zone."""
    first, after = (datetime(number, 1, 1, tzinfo=zone) for number in (year, year + 1))
    return first.astimezone(UTC), after.astimezone(UTC)


def list_years(session: Session, zone: ZoneInfo, *, now: datetime) -> list[int]:
    """Return the years that have a public post, newest first; each is one look into the index."""
    public = select(Post.published_at).where(Post.kind == "post", Post.public(now)).limit(1)
    ends = session.execute(
        select(
            public.order_by(Post.published_at).scalar_subquery(),
            public.order_by(Post.published_at.desc()).scalar_subquery(),
        )
    ).one()
    if ends[0] is None:
        return []
    oldest, newest = (end.astimezone(zone).year for end in ends)
    years = range(newest, oldest - 1, -1)
    found = session.execute(select(*(_has_posts(year, zone, now) for year in years))).one()
    return [year for year, is_there in zip(years, found, strict=True) if is_there]


def _has_posts(year: int, zone: ZoneInfo, now: datetime) -> ColumnElement[bool]:
    since, until = bounds_of_year(year, zone)
    return (
        exists()
        .where(
            Post.kind == "post",
            Post.public(now),
            Post.published_at >= since,
            Post.published_at < until,
        )
        .label(f"y{year}")
    )


def months_of(posts: Sequence[Summary], zone: ZoneInfo) -> list[Month]:
    """Group posts that are in order by year and month."""

    def month(post: Summary) -> tuple[int, int]:
        day = post.published_at.astimezone(zone)
        return day.year, day.month

    return [(*key, list(group)) for key, group in groupby(posts, month)]
