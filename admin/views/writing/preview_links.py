"""Preview links of a post: made, listed and taken back."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import work
from admin.undoing import flash_done, offer, remember_all
from shared.domain.permissions import Permission
from shared.domain.posts import get_post
from shared.domain.posts.preview_links import (
    DAYS,
    get_preview,
    list_previews,
    offer_preview,
    revoke_preview,
)
from shared.domain.posts.preview_permits import LIFE, PURPOSE, make_permit
from shared.models import Post
from shared.saying import say
from shared.web import Routes, commit, links, now, runtime, session

blueprint = Blueprint("previews", __name__)
route = Routes("admin", blueprint)
writers = requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)


@route("index", methods=["GET", "POST"])
@writers
def index(id: int) -> ResponseReturnValue:
    """List the links that open a post; make one, which is shown this once."""
    post = get_post(session(), id)
    work().require_on("edit", post)
    made = ""
    if request.method == "POST":
        token = offer_preview(post, request.form.get("days", 0, type=int), work=work())
        commit()
        made = links().absolute("frontend", "previews.show", token=token)
    return _show(post, made)


@route("permit")
@writers
def permit(id: int) -> ResponseReturnValue:
    """Give the editor the address of the site's own page of a post, which opens for minutes."""
    post = get_post(session(), id)
    made = make_permit(post, key=runtime().key(PURPOSE), work=work())
    address = links().to("frontend", "previews.show", token=made)
    seconds = int(LIFE.total_seconds())
    return jsonify(address=address, seconds=seconds), {"Cache-Control": "no-store"}


@route("revoke", methods=["POST"])
@writers
def revoke(id: int, number: int) -> ResponseReturnValue:
    """Take a link back."""
    post = get_post(session(), id)
    work().require_on("edit", post)
    link = get_preview(session(), post, number)
    steps = remember_all(link)
    revoke_preview(link, work=work())
    offered = offer(say("Took a preview link back: %(what)s", what=post.title), steps)
    commit()
    flash_done(_("The link opens nothing any more."), offered)
    return redirect(url_for("previews.index", id=id), 303)


def _show(post: Post, made: str) -> ResponseReturnValue:
    found = list_previews(session(), post, at=now())
    page = render_template("previews/index.html", post=post, links_of=found, made=made, days=DAYS)
    return page, {"Cache-Control": "no-store"}
