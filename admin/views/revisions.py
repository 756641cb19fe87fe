"""The history of a post: every save, what it changed, and the way back."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import actor, work
from admin.editor import actions
from admin.editor.actions import Action
from admin.editor.history import find_earlier, list_history, list_numbers
from admin.editor.previewing import preview
from admin.editor.showing import compare_revisions, reopen
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.posts import Content, get_post, get_revision, restore_revision
from shared.models import Post, Revision
from shared.saying import say
from shared.web import Routes, commit, now, session

blueprint = Blueprint("revisions", __name__)
route = Routes("admin", blueprint)


@route("index")
@requires(Permission.CONSOLE_ENTER)
def index(id: int) -> str:
    """List the revisions of a post, newest first."""
    post = _get_readable(id)
    history = list_history(session(), post, before=request.args.get("before", type=int))
    return render_template("revisions/index.html", post=post, history=history)


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
    )


@route("restore", methods=["POST"])
@requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)
def restore(id: int, number: int) -> ResponseReturnValue:
    """Make an earlier revision the working copy; where it no longer fits, open it to be mended."""
    post = get_post(session(), id)
    version = request.form.get("version", type=int)
    steps = remember_all(post)
    try:
        restore_revision(post, number, version=version, work=work())
    except Invalid as error:
        session().rollback()
        return reopen(post, get_revision(session(), post, number), error)
    what = say("Restored revision %(number)s: %(what)s", number=number, what=post.title)
    offered = offer(what, steps)
    commit()
    flash_done(_("Revision %(number)s is the working copy again.", number=number), offered)
    return redirect(url_for("page.edit", id=id), 303)


def _get_readable(post_id: int) -> Post:
    post = get_post(session(), post_id)
    work().require_on("read", post)
    return post


def _find_other(post: Post, revision: Revision) -> Revision | None:
    against = request.args.get("against", type=int)
    if against is None:
        return find_earlier(session(), revision)
    return get_revision(session(), post, against)
