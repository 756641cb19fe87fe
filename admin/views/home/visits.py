"""How often pages were seen, drawn by day: of the whole site, and of one post."""

from functools import partial

from flask import Blueprint, render_template, request

from admin.access import requires
from admin.acting import site, work
from admin.editor.opening import open_post
from admin.visits import reading
from shared.domain import visits
from shared.domain.permissions import Permission
from shared.web import Routes, session

blueprint = Blueprint("views", __name__)
route = Routes("admin", blueprint)

SHOWN = 50


@route("index")
@requires(Permission.POSTS_READ)
def index() -> str:
    """Show the views of the site, and what was seen most."""
    days = _days()
    plot = reading.plot_views(partial(visits.views_by_day, session()), days)
    return render_template(
        "visits/index.html",
        plot=plot,
        days=days,
        seen=reading.list_most_viewed(session(), days, SHOWN) if plot.total else [],
        is_counting=site().count_views,
    )


@route("post")
@requires(Permission.POSTS_CREATE, Permission.POSTS_READ)
def post(id: int) -> str:
    """Show the views of a post at its address and at those that it had."""
    shown = open_post(session(), id)
    work().require_on("read", shown)
    days = _days()
    paths = visits.paths_of(session(), shown)
    plot = reading.plot_views(partial(visits.views_of, session(), paths), days)
    return render_template(
        "visits/post.html", post=shown, plot=plot, days=days, is_counting=site().count_views
    )


def _days() -> int:
    asked = request.args.get("days", reading.USUAL, type=int)
    return asked if asked in reading.PERIODS else reading.USUAL
