"""What was done lately, and taking it back."""

import time

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.account.safe_next import is_safe
from admin.acting import actor, work
from admin.screens.audit_objects import places_of
from admin.undoing import flash_done
from shared.domain.permissions import Permission
from shared.domain.undo import ChangedSince, find_changes, list_offers, take_back
from shared.domain.undo.parts import (
    PART,
    begin_taking_back,
    end,
    get_run,
    go_on,
    goes_in_parts,
    list_open_runs,
)
from shared.saying import say
from shared.web import Routes, commit, now, session

blueprint = Blueprint("undo", __name__)
route = Routes("admin", blueprint)

PAGE = 50
SECONDS = 0.5  # after so long a part ends, so that others can write
LINKED = 20  # of what was changed since leads to its page


@route("index")
@requires(Permission.POSTS_CREATE)
def index() -> str:
    """List one's own last acts, owners everyone's, and what stands against undoing them."""
    before = request.args.get("before", type=int)
    offers = list_offers(session(), actor(), most=PAGE + 1, before=before)
    shown = [
        (item, find_changes(item, session()) if item.is_open(now()) else None)
        for item in offers[:PAGE]
    ]
    older = offers[PAGE - 1].id if len(offers) > PAGE else None
    going = list_open_runs(session(), actor().user_id)
    return render_template("undo/index.html", offers=shown, older=older, going=going)


@route("take_back", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
def undo(id: int) -> ResponseReturnValue:
    """Put everything back, or say what was changed since; `rest=1` puts back what was not."""
    back = request.form.get("next", "")
    if not is_safe(back, root=request.script_root):
        back = url_for("undo.index")
    try:
        if goes_in_parts(id, work=work()):
            begun = begin_taking_back(id, rest="rest" in request.form, back=back, work=work())
            commit()
            return redirect(url_for("undo.run", id=begun.id), 303)
        again = take_back(id, rest="rest" in request.form, work=work())
    except ChangedSince as error:
        session().rollback()
        first = [(change.kind, change.id) for change in error.changes[:LINKED]]
        urls = places_of(session(), first)
        page = render_template("undo/refused.html", error=error, id=id, back=back, urls=urls)
        return page, 409
    commit()
    flash_done(_("Undone."), again, _("Redo"))
    return redirect(back, 303)


@route("run", methods=["GET", "POST"])
@requires(Permission.CONSOLE_ENTER)
def run(id: int) -> ResponseReturnValue:
    """Show how far the undoing of very many changes is; each POST does one part of it."""
    item = get_run(id, work=work())
    if request.method != "POST" or item.finished_at is not None:
        refused = [(name, say(pattern, **values)) for name, pattern, values in item.refused[:PAGE]]
        return render_template("undo/run.html", run=item, part=PART, refused=refused)
    until = time.monotonic() + SECONDS
    if "stop" in request.form:
        again = end(item, work=work())
    else:
        again = go_on(item, is_enough=lambda: time.monotonic() > until, work=work())
    commit()
    here = url_for("undo.run", id=item.id)
    if item.waiting:
        return redirect(here, 303)
    if item.done:
        flash_done(_("Undone."), again, _("Redo"))
    return redirect(here if item.refused else item.back or url_for("undo.index"), 303)
