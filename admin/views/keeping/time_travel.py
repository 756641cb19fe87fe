"""The public site as it was at an instant: chosen, walked through, never kept."""

from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import zone
from admin.editor.fields.zones import NoSuchTime, from_wall, to_wall
from admin.past import framed, read_instant, send_on, write_instant
from shared.domain.past import StillPreparing, TooMuchChanged, find_beside, list_moments
from shared.domain.permissions import Permission
from shared.web import Routes, links, now, runtime, session
from shared.web.headers import security_headers
from shared.web.past import ask_past

blueprint = Blueprint("time", __name__)
route = Routes("admin", blueprint)
editors = requires(Permission.POSTS_READ)

MOST = 50


@route("index")
@editors
def index() -> ResponseReturnValue:
    """Choose a time; show the moments at which something came or went."""
    error, wished = "", request.args.get("at", "")
    try:
        instant = from_wall(wished, zone())
    except NoSuchTime as unfit:
        error, instant = str(unfit), None
    if instant is not None and instant > now():
        error = _("Choose a time that has passed.")
    elif instant is not None:
        path = request.args.get("path", "").lstrip("/")
        return redirect(_address("time.front", "time.show", write_instant(instant), path), 303)
    until = read_instant(request.args.get("before"), until=now())
    moments = list_moments(session(), until=until, most=MOST + 1)
    page = render_template(
        "time/index.html",
        error=error,
        wished=wished or to_wall(now(), zone()),
        moments=moments[:MOST],
        older=write_instant(moments[MOST].at) if len(moments) > MOST else "",
        name_of=write_instant,
    )
    return make_response(page, 422 if error else 200)


@route("front")
@editors
def front(instant: str) -> ResponseReturnValue:
    """Show the front page in its frame."""
    return _show(instant, "")


@route("show")
@editors
def show(instant: str, path: str) -> ResponseReturnValue:
    """Show any page in its frame, with the way to other moments."""
    return _show(instant, path)


def _show(name: str, path: str) -> ResponseReturnValue:
    instant = read_instant(name, until=now())
    before, after = find_beside(session(), instant, now=now())
    response = make_response(
        render_template(
            "time/show.html",
            instant=instant,
            path=path,
            wall=to_wall(instant, zone()),
            source=_address("time.front_page", "time.page", name, path, query=True),
            places=[_address_of(at, path) for at in (before, after)],
            is_here="frontend" in runtime().apps,
        )
    )
    # The one frame of the console, and it shows the console's own pages.
    policy = security_headers(frame_src="'self'")[0]
    response.headers[policy[0]] = policy[1]
    response.headers["Cache-Control"] = "no-store"
    return response


def _address_of(at: datetime | None, path: str) -> str:
    return _address("time.front", "time.show", write_instant(at), path, query=True) if at else ""


def _address(front: str, other: str, name: str, path: str, *, query: bool = False) -> str:
    made = url_for(other, instant=name, path=path) if path else url_for(front, instant=name)
    asked = request.query_string.decode() if query else ""
    return f"{made}?{asked}" if asked else made


@route("front_page")
@editors
def front_page(instant: str) -> Response:
    """Give the site's own front page as it was."""
    return _page(instant, "")


@route("page")
@editors
def page(instant: str, path: str) -> Response:
    """Give the site's own page of a path as it was."""
    return _page(instant, path)


def _page(name: str, path: str) -> Response:
    instant, query = read_instant(name, until=now()), request.query_string.decode()
    try:
        answer = ask_past(runtime(), request.environ, f"/{path}", query, instant)
    except StillPreparing as preparing:
        told = make_response(render_template("time/preparing.html", preparing=preparing))
        told.headers["Refresh"] = "1"
        return framed(told)
    except TooMuchChanged:
        return framed(make_response(render_template("time/too_much.html"), 422))
    if answer is None:
        return framed(make_response(render_template("time/elsewhere.html"), 503))
    below = url_for("time.front", instant=name)
    return framed(send_on(answer, links().root, below, url_for("time.front_page", instant=name)))
