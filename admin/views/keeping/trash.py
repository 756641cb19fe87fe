"""The trash of all kinds: what lies there, bringing it back, letting it go."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from admin.access import requires
from admin.account.proving import recently_proved
from admin.acting import actor, work
from admin.languages import told
from admin.undoing import flash_done, offer
from shared.domain.errors import Conflict, Invalid
from shared.domain.permissions import Permission
from shared.domain.trash import (
    BINS,
    get_trashed,
    list_trash,
    purge_trashed,
    restore_trashed,
)
from shared.domain.undo import remember_there
from shared.saying import say
from shared.web import Routes, commit, now, session

blueprint = Blueprint("trash", __name__)
route = Routes("admin", blueprint)
writers = requires(Permission.POSTS_CREATE)

PAGE: Final = 50
DAYS: Final = 30
MOST_DAYS: Final = 3_650
KINDS: Final = {
    "post": _l("Post"),
    "page": _l("Page"),
    "comment": _l("Comment of a visitor"),
    "media": _l("File"),
    "tag": _l("Tag"),
    "category": _l("Category"),
    "redirect": _l("Redirect"),
}
TABS: Final = {
    "post": _l("Posts"),
    "page": _l("Pages"),
    "comment": _l("Comments"),
    "media": _l("Files"),
    "tag": _l("Tags"),
    "category": _l("Categories"),
    "redirect": _l("Redirects"),
}
TABLES: Final = {"page": "post"}  # of kinds that are called otherwise


@route("index")
@writers
def index() -> str:
    """List what one may bring back, newest first."""
    kind = request.args.get("kind", "")
    below = request.args.get("below", type=int)
    items = list_trash(session(), actor(), kind=kind, below=below, most=PAGE + 1)
    return render_template(
        "trash/index.html",
        items=items[:PAGE],
        older=items[PAGE - 1].id if len(items) > PAGE else None,
        kind=kind if kind in BINS else "",
        kinds=KINDS,
        tabs=TABS,
        days=DAYS,
    )


@route("restore", methods=["POST"])
@writers
def restore(id: int) -> ResponseReturnValue:
    """Bring something back, as a draft or as it was."""
    item = get_trashed(session(), id, actor())
    label, kind, object_id = item.label, item.kind, item.object_id
    before = remember_there(TABLES.get(kind, kind), object_id, label, work=work())
    try:
        restore_trashed(item, as_it_was="as_it_was" in request.form, work=work())
    except (Conflict, Invalid) as error:
        session().rollback()
        told_why = "; ".join(map(told, error.errors.values())) if isinstance(error, Invalid) else ""
        flash(f"{label}: {told_why or told(error.message)}", "error")
        return redirect(url_for("trash.index"), 303)
    offered = offer(say("Restored: %(name)s", name=label), [before])
    commit()
    flash_done(_("%(name)s is back.", name=label), offered)
    if kind in {"post", "page"}:
        return redirect(url_for("page.edit", id=object_id), 303)
    if kind == "media":
        return redirect(url_for("media.show", id=object_id), 303)
    return redirect(url_for("trash.index"), 303)


@route("purge", methods=["GET", "POST"])
@writers
@recently_proved
def purge(id: int) -> ResponseReturnValue:
    """Ask, then delete something for good."""
    item = get_trashed(session(), id, actor())
    if request.method != "POST":
        return render_template("trash/purge.html", items=[item], kinds=KINDS, days=None)
    label = item.label
    purge_trashed(item, work=work())
    commit()
    flash(_("%(name)s is deleted for good.", name=label), "success")
    return redirect(url_for("trash.index"), 303)


@route("empty", methods=["GET", "POST"])
@writers
@recently_proved
def empty() -> ResponseReturnValue:
    """Show what has lain here for so many days, then delete it for good."""
    days = min(max(request.values.get("days", DAYS, type=int), 0), MOST_DAYS)
    items = list_trash(session(), actor(), until=now() - timedelta(days=days))
    if request.method != "POST":
        return render_template("trash/purge.html", items=items, kinds=KINDS, days=days)
    for item in items:
        purge_trashed(item, work=work())
    commit()
    said = ngettext(
        "%(num)s thing is deleted for good.", "%(num)s things are deleted for good.", len(items)
    )
    flash(said, "success")
    return redirect(url_for("trash.index"), 303)
