"""What was done lately, and taking it back."""

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
from shared.web import Routes, commit, now, session

blueprint = Blueprint("undo", __name__)
route = Routes("admin", blueprint)

PAGE = 50
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
    return render_template("undo/index.html", offers=shown, older=older)


@route("take_back", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
def undo(id: int) -> ResponseReturnValue:
    """Put everything back, or say what was changed since; `rest=1` puts back what was not."""
    back = request.form.get("next", "")
    if not is_safe(back, root=request.script_root):
        back = url_for("undo.index")
    try:
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
