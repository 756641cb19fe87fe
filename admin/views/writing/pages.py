"""The editor of posts and pages."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import actor, work
from admin.editor.acts.actions import Action, offer
from admin.editor.acts.offering import offer_act
from admin.editor.acts.reviewing import approve_with, read_discussion
from admin.editor.opening import open_post, propose_time
from admin.editor.previewing import preview as render_preview
from admin.editor.showing import form_for, show_editor, show_refused
from admin.editor.standing import describe
from admin.editor.submitting import go_on, submit
from admin.undoing import remember_all
from shared.domain import posts
from shared.domain.errors import Forbidden
from shared.domain.permissions import Permission, permission_on
from shared.domain.posts.reviewing import find_waiting
from shared.models import KINDS, Post
from shared.web import Routes, commit, now, session

blueprint = Blueprint("page", __name__)
route = Routes("admin", blueprint)
writers = requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)


@route("new", methods=["GET", "POST"])
@writers
def new() -> ResponseReturnValue:
    """Write a new post, or with `?kind=page` a new page; `?at=2026-12-12` proposes that day."""
    kind = asked_kind()
    work().require(permission_on(kind, "create"))
    form = form_for(kind, None)
    if form.is_submitted():
        return submit(form, kind, None)
    propose_time(form, request.args.get("at", ""))
    return show_editor(form, kind, None)


@route("edit", methods=["GET", "POST"])
@writers
def edit(id: int) -> ResponseReturnValue:
    """Change a post or page; the pressed button says what happens with it."""
    post = open_post(session(), id)
    try:
        work().require_on("read", post)
    except Forbidden as error:
        if request.method != "POST":
            raise
        return show_refused(form_for(post.kind, None), None, error, 403)  # what they typed alone
    form = form_for(post.kind, post)
    if form.is_submitted():
        return submit(form, post.kind, post)
    if Action.SAVE not in offer(post, actor(), now()):
        return redirect(url_for("page.view", id=id), 303)
    return show_editor(form, post.kind, post)


@route("view")
@requires(Permission.CONSOLE_ENTER)
def view(id: int) -> str:
    """Show a post as it was saved last, to whoever may read it."""
    post = open_post(session(), id)
    work().require_on("read", post)
    content = posts.content_of(post)
    return render_template(
        "page/view.html",
        post=post,
        content=content,
        preview=render_preview(content.body),
        actions=offer(post, actor(), now()),
        linking=posts.list_linking(session(), id, actor=actor(), now=now()),
        standing=describe(post, now()),
        **read_discussion(post, work=work()),
    )


@route("preview", methods=["POST"])
@writers
def preview() -> ResponseReturnValue:
    """Render the posted text: as JSON for the live preview, else as a page."""
    rendered = render_preview(request.form.get("body", ""), source_lines=True)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(html=rendered.html, words=rendered.words)
    title = request.form.get("title", "")
    return render_template("page/preview.html", title=title, preview=rendered)


@route("slug")
@writers
def slug() -> Response:
    """Tell which address a title would get."""
    post_id = request.args.get("id", type=int)
    post = session().get(Post, post_id) if post_id else None
    title = request.args.get("title", "")
    made = posts.suggest_slug(title, kind=asked_kind(), post=post, session=session())
    return jsonify(slug=made)


@route("publish", methods=["POST"])
@writers
def publish(id: int) -> ResponseReturnValue:
    """Publish what was saved last."""
    return press(id, posts.publish, Action.PUBLISH)


@route("unpublish", methods=["POST"])
@writers
def unpublish(id: int) -> ResponseReturnValue:
    """Take a post back to a draft."""
    return press(id, posts.unpublish, Action.UNPUBLISH)


@route("trash", methods=["POST"])
@writers
def trash(id: int) -> ResponseReturnValue:
    """Move a post to the trash."""
    return press(id, posts.trash, Action.TRASH)


@route("restore", methods=["POST"])
@writers
def restore(id: int) -> ResponseReturnValue:
    """Take a post out of the trash."""
    return press(id, posts.restore, Action.RESTORE)


@route("discard", methods=["POST"])
@writers
def discard(id: int) -> ResponseReturnValue:
    """Drop the unpublished changes."""
    return press(id, posts.discard_changes, Action.DISCARD)


def press(post_id: int, verb: Callable[..., None], action: Action) -> ResponseReturnValue:
    """Do one thing with what was saved last; a `version` in the form is what the person saw."""
    post = posts.get_post(session(), post_id)
    (before,) = remember_all(post)
    review = find_waiting(session(), post) if action is Action.PUBLISH else None
    verb(post, version=request.form.get("version", type=int), work=work())
    if review is not None:
        approve_with(review, post, work=work())
    offered = offer_act(post, action, before, work=work())
    commit()
    return go_on(post, action, offered=offered)


def asked_kind() -> str:
    """Return the kind in the query, `post` unless told otherwise; 400 for an unknown one."""
    kind = request.args.get("kind", "post")
    return kind if kind in KINDS else abort(400, _("There are posts and pages only."))
