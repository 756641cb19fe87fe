"""The publishing calendar: a month of what was published, what will be, and what ends."""

from flask import Blueprint, render_template, request

from admin.access import requires
from admin.acting import zone
from admin.calendar.months import Month
from admin.calendar.showing import STATES, make_sheet, today
from shared.domain.permissions import Permission
from shared.web import Routes

blueprint = Blueprint("calendar", __name__)
route = Routes("admin", blueprint)


@route("index")
@requires(Permission.POSTS_CREATE, Permission.POSTS_READ)
def index() -> str:
    """Show a month: the one in `?month=2026-12`, else the present one."""
    month = Month.read(request.args.get("month", "")) or Month.of(today())
    return render_template(
        "calendar/index.html", sheet=make_sheet(month), states=STATES, zone=zone()
    )
