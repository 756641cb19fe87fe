"""Addresses that visitors asked for in vain, each a press away from leading somewhere."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from admin.access import requires
from admin.acting import work
from admin.languages import told
from admin.screens.redirects import settle
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import Conflict, Invalid
from shared.domain.missing import Hiding, ignore_missing, list_missing, send_on, suggest
from shared.domain.permissions import Permission
from shared.domain.redirects import post_path
from shared.saying import say
from shared.web import Routes, commit, now, session

blueprint = Blueprint("missing", __name__)
route = Routes("admin", blueprint)

DAYS = 30
SHOWN = 100


@route("index")
@requires(Permission.REDIRECTS_EDIT)
def index() -> ResponseReturnValue:
    """Show the paths that were asked for in vain lately, the most wanted first."""
    rows = list_missing(session(), since=now() - timedelta(days=DAYS), limit=SHOWN)
    meant = suggest(session(), [row.path for row in rows], now())
    targets = {path: post_path(post) for path, post in meant.items()}
    return render_template("missing/index.html", rows=rows, targets=targets, days=DAYS)


@route("send_on", methods=["POST"])
@requires(Permission.REDIRECTS_EDIT)
def lead() -> ResponseReturnValue:
    """Let a path lead somewhere from now on, or say that it is gone."""
    path, wanted = request.form.get("path", ""), request.form.get("target", "").strip()
    is_gone = request.form.get("how") == "gone"
    if not wanted and not is_gone:
        flash(_("Say where %(path)s should lead.", path=path), "error")
        return redirect(url_for("missing.index"), 303)
    target, post_id = ("", None) if is_gone else settle(wanted)
    try:
        send_on(path, target=target, post_id=post_id, work=work())
    except (Invalid, Conflict) as error:
        told_errors = error.errors.values() if isinstance(error, Invalid) else [error.message]
        flash(f"{path}: {' '.join(map(told, told_errors))}", "error")
        return redirect(url_for("missing.index"), 303)
    commit()
    said = _("%(path)s is gone for good.", path=path)
    flash(said if is_gone else _("%(path)s leads to %(to)s.", path=path, to=wanted), "success")
    return redirect(url_for("missing.index"), 303)


@route("ignore", methods=["POST"])
@requires(Permission.REDIRECTS_EDIT)
def ignore() -> ResponseReturnValue:
    """Hide paths that nobody needs."""
    paths = request.form.getlist("path")[:SHOWN]
    steps = remember_all(Hiding(paths))
    count = ignore_missing(paths, work=work())
    sentence = say("Hid addresses that were asked for in vain: %(count)s", count=count)
    offered = offer(sentence, steps if count else [])
    commit()
    said = ngettext("%(num)s address is hidden.", "%(num)s addresses are hidden.", count)
    flash_done(said, offered)
    return redirect(url_for("missing.index"), 303)
