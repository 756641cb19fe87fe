"""Reads views of some days and of as many before them, for the site and for one post."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from babel.dates import format_skeleton
from flask import Flask
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from admin.acting import actor, site, zone
from admin.display import grouped
from admin.visits.plot import Plot, make_plot
from shared.domain import visits
from shared.domain.posts.linking import readable
from shared.domain.redirects import post_path
from shared.models import Post
from shared.web import now

PERIODS: Final = (7, 28, 90)
USUAL: Final = 28
WEEK: Final = 7
FEW: Final = 5
_POST: Final = "/page/"

Read = Callable[[date, date], visits.Views]


@dataclass(frozen=True)
class Seen:
    """A path and how often it was shown; `share` is of the most seen, in percent."""

    path: str
    views: int
    share: int
    post: Post | None


@dataclass(frozen=True)
class Panel:
    """What the dashboard shows of the views: by day, and the most seen of a week."""

    plot: Plot
    seen: list[Seen]
    is_counting: bool


def read_panel(session: Session) -> Panel:
    """Read what the dashboard shows of the views."""
    plot = plot_views(partial(visits.views_by_day, session), USUAL)
    seen = list_most_viewed(session, WEEK, FEW) if plot.total else []
    return Panel(plot, seen, site().count_views)


def days_up_to(instant: datetime, days: int) -> tuple[date, date]:
    """Return the first and the last of so many days of the site's zone, today's included."""
    last = instant.astimezone(zone()).date()
    return last - timedelta(days=days - 1), last


def plot_views(read: Read, days: int) -> Plot:
    """Plot what `read(first, last)` counts, by one call for both periods."""
    first, last = days_up_to(now(), days)
    found = read(first - timedelta(days=days), last)
    return make_plot(found[days:], [number for _, number in found[:days]])


def list_most_viewed(session: Session, days: int, limit: int) -> list[Seen]:
    """Return the most seen paths with the posts that stand there, as far as one may read them."""
    rows = visits.most_viewed(session, *days_up_to(now(), days), limit)
    posts = _find_posts(session, [path for path, _ in rows])
    most = max((views for _, views in rows), default=1)
    return [
        Seen(path, views, max(1, round(100 * views / most)), posts.get(path))
        for path, views in rows
    ]


def _find_posts(session: Session, paths: Sequence[str]) -> dict[str, Post]:
    slugs = [path.removeprefix(_POST).strip("/") for path in paths]
    named = (
        select(Post)
        .where(Post.slug.in_(list(filter(None, slugs))), readable(actor(), now()))
        .options(load_only(Post.title, Post.slug, Post.kind))
    )
    return {post_path(post): post for post in session.scalars(named)}


def say_gist(plot: Plot) -> str:
    """Return in a sentence or two what the plot shows."""
    days = len(plot.bars)
    said = [
        ngettext(
            "%(count)s view in %(days)s days.",
            "%(count)s views in %(days)s days.",
            plot.total,
            count=grouped(plot.total),
            days=days,
        )
    ]
    if plot.total_before:
        said.append(_say_change(plot.total, plot.total_before, days))
    if plot.total:
        day, count = name_day(plot.most.day), grouped(plot.most.number)
        said.append(_("Most on %(day)s: %(count)s.", day=day, count=count))
    return " ".join(said)


def _say_change(total: int, before: int, days: int) -> str:
    change = round(100 * (total - before) / before)
    if change > 0:
        words = _("%(n)s %% more than in the %(days)s days before.", n=grouped(change), days=days)
    elif change < 0:
        words = _("%(n)s %% fewer than in the %(days)s days before.", n=-change, days=days)
    else:
        words = _("As many as in the %(days)s days before.", days=days)
    return str(words)


def name_day(day: date) -> str:
    """Return a day in the words of the console's language."""
    return format_skeleton("MMMd", day, locale=get_locale())


def register_views_display(app: Flask) -> None:
    """Give the templates what they say of views."""
    app.add_template_filter(name_day, "day_name")
    app.add_template_filter(say_gist, "gist")
