"""All topics, and the posts under each tag."""

from typing import Any

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from frontend.articles import fold
from frontend.feeds import atom
from frontend.frame import frame, path
from frontend.head import Head, head_of_list, trail_document, trail_to
from frontend.listings import list_posts
from frontend.old_urls import move_to
from frontend.paging import Listing
from frontend.templating import show as render
from frontend.topics import find_tag, list_roots, list_tags
from shared.models.reading import Summary, Where
from shared.web import Routes, now, session

blueprint = Blueprint("tags", __name__)
route = Routes("frontend", blueprint)


@route("index")
def index() -> ResponseReturnValue:
    """Show every tag and the roots of the category tree."""
    here = path("tags.index")
    tags = list_tags(session(), now=now())
    roots = list_roots(session())
    head = Head(title=frame().words.topics, path=here)
    return render("tags/index.html", head, tags=tags, categories=roots)


@route("show")
def show(slug: str) -> ResponseReturnValue:
    """Show the posts that carry a tag."""
    tag = get_tag(slug)
    here = path("tags.show", slug=tag.slug)
    if tag.slug != slug:
        return move_to(here)
    listing = list_posts(Where(tag_id=tag.id), path=here)
    if not listing.items:
        abort(404)  # the tags of drafts are nobody's business
    return render("tags/show.html", _head(tag, listing), tag=tag, listing=listing)


def _head(tag: Any, listing: Listing[Summary]) -> Head:
    steps = ((frame().words.topics, path("tags.index")), (tag.name, listing.path))
    return head_of_list(
        listing,
        title=tag.name,
        description=tag.description,
        feed=path("tags.feed", slug=tag.slug),
        data=(trail_document(frame(), trail_to(frame(), *steps)),),
    )


@route("feed")
def feed(slug: str) -> ResponseReturnValue:
    """Give the newest posts of a tag as Atom."""
    tag = get_tag(slug)
    if tag.slug != slug:
        return move_to(path("tags.feed", slug=tag.slug))
    return atom(
        Where(tag_id=tag.id),
        title=tag.name,
        own=path("tags.feed", slug=slug),
        page=path("tags.show", slug=slug),
    )


def get_tag(slug: str) -> Any:
    """Return the tag that an address names, by its slug or its name; aborts with 404."""
    return find_tag(session(), slug) or find_tag(session(), fold(slug)) or abort(404)
