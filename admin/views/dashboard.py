"""The first page: what is under way, what happened, and whether all is well."""

from flask import Blueprint, render_template

from admin.access import requires
from shared.domain.permissions import Permission
from shared.web import Routes

blueprint = Blueprint("dashboard", __name__)
route = Routes("admin", blueprint)


@route("index")
@requires(Permission.CONSOLE_ENTER)
def index() -> str:
    """Show the dashboard."""
    return render_template("dashboard/index.html")
