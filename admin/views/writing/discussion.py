"""What is said about a draft: comments, and the rounds of its review."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import actor, work
from admin.editor.acts.actions import Action, offer
from admin.editor.acts.reviewing import NOTHING, read_discussion
from admin.editor.opening import open_post
from admin.editor.standing import describe
from admin.languages import told
from shared.domain.draft_comments import add_comment, reopen_comment, resolve_comment
from shared.domain.errors import Conflict, Invalid
from shared.domain.permissions import Permission
from shared.domain.reviews import list_reviews
from shared.models import Post
from shared.web import Routes, commit, now, session

blueprint = Blueprint("discussion", __name__)
route = Routes("admin", blueprint)
readers = requires(Permission.CONSOLE_ENTER)


@route("show")
@readers
def show(id: int) -> str:
    """Show all that was said about a draft."""
    post = _open(id)
    return _page(post)


@route("comment", methods=["POST"])
@readers
def comment(id: int) -> ResponseReturnValue:
    """Say something about a draft, or answer a comment."""
    answers = request.form.get("answers", type=int)
    text = request.form.get(f"answer_{answers}" if answers else "text", "")
    quote = request.form.get("quote", "")
    return _done(
        _open(id),
        lambda post: add_comment(post, text, quote=quote, answers=answers, work=work()),
        typed={"text": text, "quote": quote, "answers": answers},
    )


@route("resolve", methods=["POST"])
@readers
def resolve(id: int, number: int) -> ResponseReturnValue:
    """Settle a thread."""
    return _done(_open(id), lambda post: resolve_comment(post, number, work=work()))


@route("reopen", methods=["POST"])
@readers
def reopen(id: int, number: int) -> ResponseReturnValue:
    """Open a thread again."""
    return _done(_open(id), lambda post: reopen_comment(post, number, work=work()))


def _open(post_id: int) -> Post:
    post = open_post(session(), post_id)
    work().require_on("read", post)
    return post


def _page(post: Post, **more: Any) -> str:
    about = read_discussion(post, work=work()) | {"reviews": list_reviews(session(), post)}
    may_edit = Action.SAVE in offer(post, actor(), now())
    standing = describe(post, now())
    return render_template(
        "discussion/show.html", post=post, may_edit=may_edit, standing=standing, **(about | more)
    )


def _done(
    post: Post, verb: Callable[[Post], Any], typed: dict[str, Any] = NOTHING
) -> ResponseReturnValue:
    """Do it, and answer with the threads alone where a script asks, else lead back to them.

    What was typed stands there again when it could not be stored.
    """
    problem = ""
    try:
        verb(post)
        commit()
    except Invalid:
        problem = _("Write what you want to say, in at most 4,000 characters.")
    except Conflict as error:
        problem = told(error.message)
    if problem:
        session().rollback()
    status, more = (422, {"problem": problem, "typed": typed}) if problem else (200, {})
    if "part" in request.args:
        about = read_discussion(post, work=work()) | more
        return render_template("page/_threads.html", post=post, **about), status
    if problem:
        return _page(post, **more), status
    return redirect(url_for("discussion.show", id=post.id), 303)
