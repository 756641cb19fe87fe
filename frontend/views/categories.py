"""Categories with everything below them."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from frontend.articles import fold
from frontend.feeds import atom
from frontend.frame import frame
from frontend.frame import path as path_at
from frontend.head import category_steps, head_of_list, trail_document, trail_to
from frontend.listings import list_posts
from frontend.old_urls import move_to
from frontend.templating import show as render
from frontend.topics import Branch, find_branch
from shared.models.reading import Where
from shared.web import Routes, session

blueprint = Blueprint("categories", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(path: str) -> ResponseReturnValue:
    """Show the posts of a category and of all below it."""
    category = get_category(path)
    here = path_at("categories.show", path=category.path)
    if category.path != path:
        return move_to(here)
    listing = list_posts(Where(category_ids=category.ids), path=here)
    head = head_of_list(
        listing,
        title=category.name,
        description=category.description,
        feed=path_at("categories.feed", path=category.path),
        data=(trail_document(frame(), trail_to(frame(), *category_steps(category.way))),),
    )
    return render("categories/show.html", head, category=category, listing=listing)


@route("feed")
def feed(path: str) -> ResponseReturnValue:
    """Give the newest posts of a category as Atom."""
    category = get_category(path)
    own = path_at("categories.feed", path=category.path)
    if category.path != path:
        return move_to(own)
    where = Where(category_ids=category.ids)
    page = path_at("categories.show", path=category.path)
    return atom(where, title=category.name, own=own, page=page)


def get_category(path: str) -> Branch:
    """Return the category at a path, however its letters are written; aborts with 404."""
    return find_branch(session(), path) or find_branch(session(), fold(path)) or abort(404)
