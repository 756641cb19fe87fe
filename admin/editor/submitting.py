"""Answering a pressed button: one unit of work and on to the next page, or why not."""

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from admin.acting import site, work
from admin.editor.acts.actions import Action
from admin.editor.acts.contents import read_order
from admin.editor.acts.orders import Order, carry_out, carry_out_new
from admin.editor.acts.reviewing import REVIEWS
from admin.editor.fields.form import PostForm
from admin.editor.showing import (
    show_answered,
    show_conflict,
    show_editor,
    show_merged,
    show_refused,
)
from admin.undoing import flash_done
from shared.domain import posts
from shared.domain.errors import Conflict, Forbidden, Invalid, Stale
from shared.domain.posts.reviewing import Answered
from shared.domain.undo import UndoOffer
from shared.models import Post
from shared.web import commit, session

MESSAGES = {
    Action.SAVE: _l("Saved."),
    Action.PUBLISH: _l("Published."),
    Action.SCHEDULE: _l("Scheduled."),
    Action.UNPUBLISH: _l("Taken back to a draft; visitors no longer see it."),
    Action.DISCARD: _l("The unpublished changes are discarded; the history still has them."),
    Action.TRASH: _l("Moved to the trash."),
    Action.RESTORE: _l("Restored as a draft."),
    Action.MERGE: _l("Saved."),
    Action.SET_ASIDE: _l("What was saved meanwhile stays; your text is in the history."),
    Action.ASK_REVIEW: _l("Editors are asked to review this."),
    Action.WITHDRAW_REVIEW: _l("This is not waiting for review any more."),
    Action.RETURN_REVIEW: _l("Returned with your note."),
}


def submit(form: PostForm, kind: str, post: Post | None) -> ResponseReturnValue:
    """Carry out what the pressed button orders; otherwise show the form with every character."""
    action = read_action()
    if not form.validate():
        return show_editor(form, kind, post, status=422)
    try:
        if action is Action.MERGE and post is not None:
            work().require_on("edit", post)
            return show_merged(form, post, request.form)
        post, order = read_known(form, action, kind, post)
        post, offered = _carry_out(order, kind, post)
        remember(form, post)
    except Invalid as error:
        session().rollback()
        form.take_errors(error)
        return show_editor(form, kind, post, status=422)
    except Forbidden as error:
        session().rollback()
        return show_refused(form, post, error, 403)
    except Conflict as error:
        session().rollback()
        return _show_why(form, post, error, action)
    commit()
    return go_on(post, action, form, offered=offered)


def _show_why(
    form: PostForm, post: Post | None, error: Conflict, action: Action
) -> ResponseReturnValue:
    """Show what stands against it: another text, or another answer to the review."""
    if post is None:
        return show_refused(form, None, error, 409)
    if isinstance(error, Answered) or (action in REVIEWS and not isinstance(error, Stale)):
        return show_answered(form, post, error)
    return show_conflict(form, post, error, action)


def read_action() -> Action:
    """Return what the pressed button orders; an unknown one means to save."""
    name = request.form.get("action")
    return next((action for action in Action if action == name), Action.SAVE)


def go_on(
    post: Post, action: Action, form: PostForm | None = None, *, offered: UndoOffer | None = None
) -> ResponseReturnValue:
    """Say what was done, offer to undo it, and lead back to the post."""
    flash_done(str(MESSAGES[action]), offered)
    view = "page.view" if action is Action.TRASH else "page.edit"
    saved = (form.draft_key.data if form else None) or None
    return redirect(url_for(view, id=post.id, saved=saved), 303)


def read_known(
    form: PostForm, action: Action, kind: str, post: Post | None
) -> tuple[Post | None, Order]:
    """Read the order, on top of what the same editor saved by itself, whose answer may be late."""
    order = read_order(form, action, post, kind=kind, site=site(), work=work())
    save = form.sent_save
    editor = posts.find_editor(save.key, work=work()) if save.key else None
    if post is None and editor is not None and editor.post_id is not None:
        post = posts.get_post(session(), editor.post_id)
    if post is None:
        return None, order
    return post, replace(order, version=posts.known_version(post, editor, save))


def remember(form: PostForm, post: Post) -> None:
    """Let what the editor sent by itself before come too late; the page it stands on is left."""
    save = form.sent_save
    editor = posts.find_editor(save.key, work=work()) if save.key else None
    if editor is not None:
        posts.note_save(editor, post, save.sequence, work=work())
        posts.note_leaving(save.key, work=work())


def _carry_out(order: Order, kind: str, post: Post | None) -> tuple[Post, UndoOffer | None]:
    if post is None:
        return carry_out_new(order, kind, work=work())
    return post, carry_out(order, post, work=work())
