"""Answering a pressed button: one unit of work and on to the next page, or why not."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from admin.acting import site, work
from admin.editor.actions import Action
from admin.editor.contents import read_order
from admin.editor.form import PostForm
from admin.editor.orders import Order, carry_out, carry_out_new
from admin.editor.showing import show_conflict, show_editor, show_refused
from admin.undoing import flash_done
from shared.domain.errors import Conflict, Forbidden, Invalid
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
    Action.SET_ASIDE: _l("What was saved meanwhile stays; your text is in the history."),
}


def submit(form: PostForm, kind: str, post: Post | None) -> ResponseReturnValue:
    """Carry out what the pressed button orders; otherwise show the form with every character."""
    action = read_action()
    if not form.validate():
        return show_editor(form, kind, post, status=422)
    try:
        order = read_order(form, action, post, kind=kind, site=site(), work=work())
        post, offered = _carry_out(order, kind, post)
    except Invalid as error:
        session().rollback()
        form.take_errors(error)
        return show_editor(form, kind, post, status=422)
    except Forbidden as error:
        session().rollback()
        return show_refused(form, post, error, 403)
    except Conflict as error:
        session().rollback()
        if post is None:
            return show_refused(form, post, error, 409)
        return show_conflict(form, post, error, action)
    commit()
    return go_on(post, action, form, offered=offered)


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


def _carry_out(order: Order, kind: str, post: Post | None) -> tuple[Post, UndoOffer | None]:
    if post is None:
        return carry_out_new(order, kind, work=work())
    return post, carry_out(order, post, work=work())
