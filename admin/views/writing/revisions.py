"""The history of a post: every save, what it changed, and the way back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from admin.access import requires
from admin.account.proving import recently_proved
from admin.acting import actor, site, work
from admin.editor.acts import actions
from admin.editor.acts.actions import Action
from admin.editor.previewing import preview
from admin.editor.showing import compare_revisions, reopen
from admin.editor.versions.comparing import FIELDS
from admin.editor.versions.history import find_earlier, list_history, list_numbers
from admin.languages import told
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.posts import (
    Content,
    get_post,
    get_revision,
    name_revision,
    restore_field,
    restore_revision,
)
from shared.domain.posts.retention import count_revisions, find_surplus, prune
from shared.domain.posts.writing import RESTORABLE
from shared.models import Post, Revision
from shared.saying import say
from shared.web import Routes, commit, now, session

blueprint = Blueprint("revisions", __name__)
route = Routes("admin", blueprint)

KINDS = {
    "save": _l("Saved"),
    "autosave": _l("Saved while writing"),
    "published": _l("Published"),
    "named": _l("Named"),
    "import": _l("Imported"),
}


@route("index")
@requires(Permission.CONSOLE_ENTER)
def index(id: int) -> str:
    """List the revisions of a post, newest first."""
    post = _get_readable(id)
    kind = request.args.get("kind", "")
    before = request.args.get("before", type=int)
    history = list_history(session(), post, kind=kind, before=before)
    return render_template(
        "revisions/index.html", post=post, history=history, kind=kind, kinds=KINDS
    )


@route("show")
@requires(Permission.CONSOLE_ENTER)
def show(id: int, number: int) -> str:
    """Show what a revision changed, against the one before it or `?against=N`."""
    post = _get_readable(id)
    revision = get_revision(session(), post, number)
    other = _find_other(post, revision)
    return render_template(
        "revisions/show.html",
        post=post,
        revision=revision,
        other=other,
        differences=compare_revisions(other, revision),
        preview=preview(Content.from_document(revision.content).body),
        may_restore=Action.SAVE in actions.offer(post, actor(), now()),
        numbers=list_numbers(session(), post),
        parts={name: FIELDS[name] for name in RESTORABLE if name in FIELDS},
        side_by_side=request.args.get("view") == "side",
    )


@route("compare")
@requires(Permission.CONSOLE_ENTER)
def compare(id: int) -> ResponseReturnValue:
    """Lead from two revisions chosen in the list to what is different between them."""
    post = _get_readable(id)
    chosen = sorted({request.args.get(name, 0, type=int) for name in ("old", "new")} - {0})
    if len(chosen) < 2:
        flash(_("Choose two different revisions."), "error")
        return redirect(url_for("revisions.index", id=post.id), 303)
    old, new = chosen
    return redirect(url_for("revisions.show", id=post.id, number=new, against=old), 303)


@route("restore", methods=["POST"])
@requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)
def restore(id: int, number: int) -> ResponseReturnValue:
    """Bring back an earlier revision or one field of it; what no longer fits opens to be mended."""
    post = get_post(session(), id)
    version = request.form.get("version", type=int)
    steps = remember_all(post)
    try:
        if field := request.form.get("field"):
            restore_field(post, number, field, version=version, work=work())
        else:
            restore_revision(post, number, version=version, work=work())
    except Invalid as error:
        session().rollback()
        return reopen(post, get_revision(session(), post, number), error)
    what = say("Restored revision %(number)s: %(what)s", number=number, what=post.title)
    offered = offer(what, steps)
    commit()
    done = _("Revision %(number)s is the working copy again.", number=number)
    if field:
        part = FIELDS.get(field, _("Text"))
        done = _("%(part)s is as in revision %(number)s again.", part=part, number=number)
    flash_done(done, offered)
    return redirect(url_for("page.edit", id=id), 303)


@route("name", methods=["POST"])
@requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)
def name(id: int, number: int) -> ResponseReturnValue:
    """Name a revision, by which it is kept for ever."""
    given = request.form.get("name", "")
    try:
        name_revision(get_post(session(), id), number, given, work=work())
    except Invalid as error:
        session().rollback()
        flash(told(error.errors["name"]), "error")
    else:
        commit()
        flash(_("The name is saved.") if given.strip() else _("The name is taken away."), "success")
    return redirect(url_for("revisions.show", id=id, number=number), 303)


@route("prune", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT)
@recently_proved
def let_go() -> ResponseReturnValue:
    """Show which old versions would go, then let go of them."""
    found = list(find_surplus(session(), now()))
    if request.method == "POST":
        for surplus in found:
            prune(surplus, work=work())
        commit()
        gone = sum(len(surplus.ids) for surplus in found)
        said = ngettext("%(num)s version is gone.", "%(num)s versions are gone.", gone)
        flash(said, "success")
        return redirect(url_for("revisions.prune"), 303)
    return render_template(
        "revisions/prune.html",
        found=found,
        days=site().keep_revisions_days,
        total=count_revisions(session()),
    )


def _get_readable(post_id: int) -> Post:
    post = get_post(session(), post_id)
    work().require_on("read", post)
    return post


def _find_other(post: Post, revision: Revision) -> Revision | None:
    against = request.args.get("against", type=int)
    if against is None:
        return find_earlier(session(), revision)
    return get_revision(session(), post, against)
