"""Reads views of some days and of as many before them, for the site and for one post."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import CompoundSelect, Select, and_, case, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from admin.acting import actor, site, zone
from admin.visits.plot import Plot, make_plot
from shared.domain import visits
from shared.domain.posts.linking import readable
from shared.models import DayViews, PageView, Post
from shared.web import now

PERIODS: Final = (7, 28, 90)
USUAL: Final = 28
WEEK: Final = 7
FEW: Final = 5
_POSTS: Final = "/page/"

Read = Callable[[date, date], visits.Views]


@dataclass(frozen=True)
class Seen:
    """A path, how often it was shown, and the post there; `share` is of the most seen, percent."""

    path: str
    views: int
    share: int
    post_id: int | None
    title: str | None


@dataclass(frozen=True)
class Panel:
    """What the dashboard shows of the views: by day, and the most seen of a week."""

    plot: Plot
    seen: list[Seen]
    is_counting: bool


def read_panel(session: Session) -> Panel:
    """Read what the dashboard shows of the views, by one query."""
    first, last = days_up_to(now(), USUAL)
    before = first - timedelta(days=USUAL)
    rows = session.execute(_panel(before, last)).all()
    days = ((row.day, row.views) for row in rows if row.day is not None)
    plot = _plot(visits.fill_days(days, before, last), USUAL)
    return Panel(plot, _as_seen(row for row in rows if row.day is None), site().count_views)


def days_up_to(instant: datetime, days: int) -> tuple[date, date]:
    """Return the first and the last of so many days of the site's zone, today's included."""
    last = instant.astimezone(zone()).date()
    return last - timedelta(days=days - 1), last


def plot_views(read: Read, days: int) -> Plot:
    """Plot what `read(first, last)` counts, by one call for both periods."""
    first, last = days_up_to(now(), days)
    return _plot(read(first - timedelta(days=days), last), days)


def list_most_viewed(session: Session, days: int, limit: int) -> list[Seen]:
    """Return the most seen paths with the posts that stand there, as far as one may read them."""
    return _as_seen(session.execute(_with_posts(days, limit)))


def _plot(found: visits.Views, days: int) -> Plot:
    return make_plot(found[days:], [number for _, number in found[:days]])


def _as_seen(rows: Iterable[Any]) -> list[Seen]:
    found = sorted(rows, key=lambda row: (-row.views, row.path))
    most = int(found[0].views) if found else 1
    return [
        Seen(row.path, int(row.views), max(1, round(100 * row.views / most)), row.id, row.title)
        for row in found
    ]


def _with_posts(days: int, limit: int) -> Select[Any]:
    """Select the most seen paths, joined to posts by the slug within the path."""
    most = visits.select_most_viewed(*days_up_to(now(), days), limit).subquery()
    path = most.c.path
    inner = func.substr(path, len(_POSTS) + 1, func.length(path) - len(_POSTS) - 1)
    is_post = path.startswith(_POSTS)
    there = and_(
        Post.kind == case((is_post, "post"), else_="page"),
        Post.slug == case((is_post, inner), else_=func.trim(path, "/")),
        readable(actor(), now()),
    )
    columns = most.c.path, most.c.views, Post.id, Post.title
    return select(*columns).select_from(most.outerjoin(Post, there))


def _panel(first: date, last: date) -> CompoundSelect[Any]:
    days = visits.select_days(first, last).subquery()
    nothing = (
        cast(null(), PageView.path.type).label("path"),
        days.c.views,
        cast(null(), Post.id.type).label("id"),
        cast(null(), Post.title.type).label("title"),
    )
    most = _with_posts(WEEK, FEW).subquery()
    no_day = cast(null(), DayViews.day.type).label("day")
    return union_all(select(days.c.day, *nothing), select(no_day, *most.c))
