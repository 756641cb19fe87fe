"""The front page and single posts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from frontend.articles import get_article, text_of
from frontend.comments.thread import read_thread, with_thread
from frontend.frame import frame, path
from frontend.head import head_of, head_of_list, site_document, trail_to
from frontend.listings import list_posts
from frontend.old_urls import move_to
from frontend.outline import outline
from frontend.templating import show as render
from frontend.translations import find_translations
from shared.models.reading import Where, find_neighbours
from shared.web import Routes, now, session

blueprint = Blueprint("posts", __name__)
route = Routes("frontend", blueprint)


@route("index")
def index() -> ResponseReturnValue:
    """Show the newest posts."""
    listing = list_posts(Where(), path=path("posts.index"))
    site = frame().site
    head = head_of_list(
        listing,
        description=site.description or site.tagline,
        data=(site_document(frame()),),
    )
    return render("posts/index.html", head, listing=listing)


@route("show")
def show(slug: str) -> ResponseReturnValue:
    """Show a post between its neighbours."""
    post = get_article("post", slug)
    if post.slug != slug:
        return move_to(path("posts.show", slug=post.slug))
    here = path("posts.show", slug=slug)
    older, newer = find_neighbours(session(), post, now=now())
    others = find_translations(frame(), post)
    head = head_of(frame(), post, here, trail_to(frame(), (post.title, here)), others)
    html = text_of(frame(), post)
    thread = read_thread(frame(), post)
    head = with_thread(head, thread)
    about = {"post": post, "html": html, "toc": outline(html), "older": older, "newer": newer}
    return render("posts/show.html", head, translations=others, thread=thread, **about)
