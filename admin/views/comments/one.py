"""One comment: read whole, decided on, mended, answered."""

from collections.abc import Callable

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import work
from admin.comments.forms import EditForm, ReplyForm
from admin.comments.reading import get_seen, read_around
from admin.forms import Form
from admin.screens.comment_columns import MODERATE, STATES, sees_addresses
from admin.screens.comments import ACTIONS
from admin.undoing import flash_done, offer, remember_all
from shared.domain.comments import delete_comment, edit_comment, reply_to
from shared.domain.errors import DomainError, Invalid, NotFound, Stale
from shared.domain.undo.kinds import COMMENT
from shared.domain.work import compare_version
from shared.models import Comment
from shared.saying import say
from shared.web import Routes, commit, session

blueprint = Blueprint("comment", __name__)
route = Routes("admin", blueprint)
moderators = requires(*MODERATE)
KEYS = {"approve": "a", "hold": "h", "spam": "s", "trash": "t", "restore": "u", "delete": ""}


@route("show")
@moderators
def show(id: int) -> ResponseReturnValue:
    """Show a comment with what stands around it."""
    comment = get_seen(session(), id)
    return show_comment(comment, EditForm(obj=comment), ReplyForm())


@route("act", methods=["POST"])
@moderators
def act(id: int) -> ResponseReturnValue:
    """Do what a button says: approve, take off, spam, trash, restore."""
    comment = get_seen(session(), id)
    wanted = request.form.get("action", "")
    action = next((item for item in ACTIONS if item.name == wanted and item.told), None)
    if action is None or action.told is None:
        raise NotFound(say("There is no action “%(name)s” here.", name=wanted[:40]))
    compare_version(comment, request.form.get("version", type=int))
    steps = remember_all(comment)
    action.call(comment, work(), "")
    offered = offer(action.told(named(comment)), steps)
    commit()
    flash_done(_("%(done)s: %(names)s.", done=action.done, names=named(comment)), offered)
    return redirect(url_for("comment.show", id=id), 303)


@route("edit", methods=["POST"])
@moderators
def edit(id: int) -> ResponseReturnValue:
    """Change what a comment says."""
    comment, form = get_seen(session(), id), EditForm()
    before = COMMENT.remember_words(comment, session())
    if not form.validate() or not stored(form, lambda: mend(comment, form)):
        return show_comment(get_seen(session(), id), form, ReplyForm(formdata=None))
    offered = offer(say("Edited: %(what)s", what=named(comment)), [before])
    commit()
    flash_done(_("The comment is saved."), offered)
    return redirect(url_for("comment.show", id=id), 303)


@route("reply", methods=["POST"])
@moderators
def reply(id: int) -> ResponseReturnValue:
    """Answer a comment; visitors see the answer at once."""
    comment, form = get_seen(session(), id), ReplyForm()
    said = form.answer.data or ""
    if not form.validate() or not stored(form, lambda: reply_to(comment, said, work=work())):
        return show_comment(get_seen(session(), id), EditForm(formdata=None, obj=comment), form)
    commit()
    flash_done(_("Your answer stands on the page."), None)
    return redirect(url_for("comment.show", id=id) + "#answers", 303)


@route("delete", methods=["GET", "POST"])
@moderators
def delete(id: int) -> ResponseReturnValue:
    """Ask, then delete spam or trash for good."""
    comment = get_seen(session(), id)
    if request.method != "POST":
        return render_template("comment/delete.html", comment=comment, label=named(comment))
    delete_comment(comment, work=work())
    commit()
    flash_done(_("%(name)s is deleted for good.", name=f"#{id}"), None)
    return redirect(url_for("comments.index"), 303)


def mend(comment: Comment, form: EditForm) -> None:
    """Give a comment the words of a form; an address that the person cannot see stays."""
    email = form.email.data or "" if sees_addresses() else None
    words = {"name": form.name.data, "body": form.body.data, "email": email}
    edit_comment(comment, **words, version=form.base_version, work=work())


def stored(form: Form, verb: Callable[[], object]) -> bool:
    """Call a verb; or put back what it began, and say in the form why."""
    try:
        verb()
    except Stale:
        form.is_stale = True
    except Invalid as error:
        renamed = {"body": "answer"} if isinstance(form, ReplyForm) else {}
        form.take_errors(Invalid({renamed.get(k, k): v for k, v in error.errors.items()}))
    except DomainError as error:
        form.form_errors.append(error.message)
    else:
        return True
    session().rollback()
    session().expunge_all()
    return False


def named(comment: Comment) -> str:
    """Return what a comment is called in the console."""
    return f"#{comment.id} {comment.name}".strip()


def show_comment(comment: Comment, form: EditForm, answer: ReplyForm) -> ResponseReturnValue:
    """Return the page of a comment; after a change by others the form moves to their version."""
    if form.is_stale:
        form.version.data = comment.version
    status = max(form.page_status, answer.page_status) if form.errors or answer.errors else 200
    page = render_template(
        "comment/show.html",
        comment=comment,
        form=form,
        reply=answer,
        around=read_around(session(), comment),
        actions=[item for item in ACTIONS if item.offered(comment)],
        keys=KEYS,
        states=STATES,
        sees_addresses=sees_addresses(),
    )
    return make_response(page, 409 if form.is_stale else status)
