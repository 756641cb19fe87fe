"""The first page: what is under way, what happened, and whether all is well."""

from flask import Blueprint, render_template

from admin.access import requires
from admin.acting import actor, may
from admin.calendar.showing import this_month
from admin.comments.counting import note_waiting
from admin.dashboard.health import check_health
from admin.dashboard.overview import read_overview
from admin.dashboard.pages import read_pages
from admin.visits.reading import read_panel
from shared.domain.permissions import Permission
from shared.web import Routes, now, runtime, session

blueprint = Blueprint("dashboard", __name__)
route = Routes("admin", blueprint)


@route("index")
@requires(Permission.CONSOLE_ENTER)
def index() -> str:
    """Show the dashboard."""
    health = check_health(session(), runtime(), now()) if may(Permission.SETTINGS_EDIT) else []
    overview = read_overview(session(), actor(), now())
    told = {item.name: item.number for item in overview.waiting}
    note_waiting(told.get("comments", ""))
    pages = read_pages(runtime().settings.instance, now()) if may(Permission.POSTS_READ) else None
    views = read_panel(session()) if may(Permission.POSTS_READ) else None
    calendar = this_month() if may(Permission.POSTS_CREATE, Permission.POSTS_READ) else None
    return render_template(
        "dashboard/index.html",
        overview=overview,
        health=health,
        pages=pages,
        views=views,
        calendar=calendar,
    )
