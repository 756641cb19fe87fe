"""Comments: taking them in, their further pages, and their feed."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from frontend.articles import get_article
from frontend.comments.feed import comments_feed
from frontend.comments.layout import lay_out
from frontend.comments.posting import take_in
from frontend.comments.reading import find_public, read_tree
from frontend.comments.thread import Thread, read_thread
from frontend.frame import frame, path, path_of
from frontend.head import Head
from frontend.old_urls import move_to
from frontend.templating import show as render
from shared.models.reading import Summary
from shared.web import Routes, now, session

blueprint = Blueprint("comments", __name__)
route = Routes("frontend", blueprint)


@route("show", methods=["GET", "POST"])
def show(id: int) -> ResponseReturnValue:
    """Take in a comment on a post; who only looks is sent to the post."""
    post = _get_post(id)
    if request.method == "POST":
        return take_in(post)
    return move_to(f"{path_of(post)}#comments")


@route("page")
def page(id: int, number: int) -> ResponseReturnValue:
    """Show a further page of the comments on a post, whose own page has the first."""
    post = _get_post(id)
    if number == 1:
        return move_to(f"{path_of(post)}#comments")
    thread = _get_thread(post, number)
    title = frame().words.comments.on.format(post.title)
    here, newer, older = thread.place(number), thread.earlier, thread.later
    sheets = ("comments",)
    head = Head(title=title, path=here, newer=newer, older=older, feed=thread.feed, sheets=sheets)
    return render("comments/page.html", head, post=post, thread=thread)


@route("find")
def find(id: int, number: int) -> ResponseReturnValue:
    """Lead to a comment on whichever page it is."""
    post = _get_post(id)
    layout = lay_out(read_tree(session(), id))
    on = layout.page_of(number)
    if not on or not frame().site.are_shown(post.kind, post.details.comments):
        abort(404)
    place = path("comments.page", id=id, number=on) if on > 1 else path_of(post)
    return move_to(f"{place}#comment-{number}", 302)


@route("waiting")
def waiting(id: int) -> ResponseReturnValue:
    """Thank for a comment that waits for approval; who sent spam is told the same."""
    post = _get_post(id)
    if not frame().site.are_shown(post.kind, post.details.comments):
        abort(404)
    head = Head(title=frame().words.comments.thanks, path="", is_indexed=False)
    return render("comments/waiting.html", head, post=post)


@route("feed")
def feed(id: int) -> ResponseReturnValue:
    """Give the newest comments on a post as Atom."""
    return comments_feed(_get_post(id))


def _get_post(number: int) -> Summary:
    found = find_public(session(), number, now=now())
    return get_article(*found) if found else abort(404)


def _get_thread(post: Summary, number: int) -> Thread:
    thread = read_thread(frame(), post, number) if number else None
    return thread or abort(404)
