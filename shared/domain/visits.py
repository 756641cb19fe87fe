"""Counts of what visitors saw.

Nobody is told apart: no cookie, no address, no browser is kept, only a number for a path and a day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

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
    counted = select(DayViews.day, DayViews.views).where(DayViews.day.between(first, last))
    return _by_day(session, counted, first, last)


def views_of(session: Session, paths: Sequence[str], first: date, last: date) -> Views:
    """Return each day from `first` to `last` with how often these pages were shown on it."""
    counted = (
        select(PageView.day, func.sum(PageView.views))
        .where(PageView.path.in_(paths), PageView.day.between(first, last))
        .group_by(PageView.day)
    )
    return _by_day(session, counted, first, last)


def paths_of(session: Session, post: Post) -> list[str]:
    """Return the path of a post, and those that lead to it since it had them."""
    led = select(Redirect.path).where(Redirect.post_id == post.id).order_by(Redirect.path)
    return [post_path(post), *session.scalars(led)]


def most_viewed(session: Session, first: date, last: date, limit: int) -> list[tuple[str, int]]:
    """Return the paths that were shown most often in some days, with how often."""
    total = func.sum(PageView.views)
    counted = (
        select(PageView.path, total)
        .where(PageView.day.between(first, last))
        .group_by(PageView.path)
        .order_by(total.desc(), PageView.path)
        .limit(limit)
    )
    return [(path, int(count)) for path, count in session.execute(counted)]


def _by_day(session: Session, counted: Select[date, int], first: date, last: date) -> Views:
    known = {day: int(count) for day, count in session.execute(counted)}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [(day, known.get(day, 0)) for day in days]
