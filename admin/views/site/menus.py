"""The menus of the site: what stands in them, in which order, what below what."""

import json
from dataclasses import asdict, replace
from typing import Any, Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import work
from admin.languages import told
from admin.menus.lines import Line, act, lines_of, menu_of, read_lines
from admin.menus.targets import describe, offer
from admin.undoing import flash_done, remember_all
from admin.undoing import offer as offer_to_undo
from shared.domain.errors import Invalid, NotFound
from shared.domain.menu_options import MENUS
from shared.domain.permissions import Permission
from shared.domain.site import OPTIONS, Site, load_site, save_site
from shared.saying import say
from shared.web import Routes, commit, now, session

blueprint = Blueprint("menus", __name__)
route = Routes("admin", blueprint)

FIRST: Final = MENUS[0]


@route("edit", methods=["GET", "POST"])
@route("place", methods=["GET", "POST"])
@requires(Permission.MENUS_EDIT)
def edit(place: str = FIRST) -> ResponseReturnValue:
    """Show and change the menu of a place."""
    if place not in MENUS:
        raise NotFound(say("There is no such menu."))
    site = load_site(session())
    if request.method != "POST":
        return _page(place, lines_of(getattr(site, place)), getattr(site, place))
    lines, order = _with_added(read_lines(request.form)), request.form.get("do", "save")
    if order != "save":
        return _page(place, act(lines, order), _seen(place))
    return _save(place, lines, site)


def _save(place: str, lines: list[Line], site: Site) -> ResponseReturnValue:
    before = remember_all(site)
    seen = _with(site, place, _seen(place))
    try:
        save_site(_with(seen, place, menu_of(lines)), seen=seen, work=work())
    except Invalid as error:
        for message in error.errors.values():
            flash(told(message), "error")
        return make_response(_page(place, lines, getattr(site, place)), 422)
    offered = offer_to_undo(say("Changed a menu"), before)
    commit()
    flash_done(_("The menu is saved."), offered)
    return redirect(_url(place), 303)


def _with(site: Site, place: str, menu: Any) -> Site:
    return replace(site, **{place: menu})


def _with_added(lines: list[Line]) -> list[Line]:
    """Return the lines, and below them the one that the form adds, if it does."""
    if request.form.get("do") != "add":
        return lines
    given = request.form.get("add_address", "").strip() or request.form.get("add_target", "")
    return [*lines, Line(given, request.form.get("add_label", "").strip())] if given else lines


def _seen(place: str) -> object:
    """Return the menu that the person was shown first."""
    try:
        return OPTIONS[place].restore(json.loads(request.form.get("seen", "[]")))
    except (KeyError, TypeError, ValueError):
        return ()


def _page(place: str, lines: list[Line], seen: object) -> str:
    shown = [asdict(item) for item in seen] if isinstance(seen, tuple) else []
    return render_template(
        "menus/edit.html",
        place=place,
        places={name: OPTIONS[name].title for name in MENUS},
        url=_url,
        lines=lines,
        targets=describe(session(), (line.target for line in lines), now()),
        offered=offer(session()),
        seen=json.dumps(shown),
    )


def _url(place: str) -> str:
    return url_for("menus.edit") if place == FIRST else url_for("menus.place", place=place)
