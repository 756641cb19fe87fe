"""Counts of what visitors saw.

Nobody is told apart: no cookie, no address, no browser is kept, only a number for a path and a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from shared.db import upsert
from shared.domain.redirects import post_path
from shared.models import DayViews, PageView, Post, Redirect
from shared.models.visits import MOST_OF_A_PATH

KEPT_DAYS: Final = 400


Views = list[tuple[date, int]]


def add_views(session: Session, day: date, views: Mapping[str, int]) -> None:
    """Add counts of pages to those of a day; the caller commits."""
    rows = [
        {"day": day, "path": path, "views": count}
        for path, count in sorted(views.items())
        if len(path) <= MOST_OF_A_PATH
    ]
    upsert(session, PageView, rows, lambda new: {"views": PageView.views + new.views})
    if total := sum(count for path, count in views.items() if len(path) <= MOST_OF_A_PATH):
        sums = [{"day": day, "views": total}]
        upsert(session, DayViews, sums, lambda new: {"views": DayViews.views + new.views})


def forget_old_views(session: Session, today: date) -> None:
    """Delete counts of over a year ago."""
    for table in (PageView, DayViews):
        session.execute(delete(table).where(table.day < today - timedelta(days=KEPT_DAYS)))


def views_by_day(session: Session, first: date, last: date) -> Views:
    """Return each day from `first` to `last` with the pages shown on it."""
    return fill_days(session.execute(select_days(first, last)), first, last)


def select_days(first: date, last: date) -> Select[date, int]:
    """Select the days on which anything was shown, with how many pages."""
    return select(DayViews.day, DayViews.views).where(DayViews.day.between(first, last))


def views_of(session: Session, paths: Sequence[str], first: date, last: date) -> Views:
    """Return each day from `first` to `last` with how often these pages were shown on it."""
    counted = (
        select(PageView.day, func.sum(PageView.views))
        .where(PageView.path.in_(paths), PageView.day.between(first, last))
        .group_by(PageView.day)
    )
    return fill_days(session.execute(counted), first, last)


def paths_of(session: Session, post: Post) -> list[str]:
    """Return the path of a post, and those that lead to it since it had them."""
    led = select(Redirect.path).where(Redirect.post_id == post.id).order_by(Redirect.path)
    return [post_path(post), *session.scalars(led)]


def select_most_viewed(first: date, last: date, limit: int) -> Select[str, int]:
    """Select the paths that were shown most often in some days, with how often, as `views`."""
    total = func.sum(PageView.views).label("views")
    return (
        select(PageView.path, total)
        .where(PageView.day.between(first, last))
        .group_by(PageView.path)
        .order_by(total.desc(), PageView.path)
        .limit(limit)
    )


def fill_days(counted: Iterable[Sequence[Any]], first: date, last: date) -> Views:
    """Return each day from `first` to `last`: what was counted on it, or nothing."""
    known = {day: int(count) for day, count in counted}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [(day, known.get(day, 0)) for day in days]
