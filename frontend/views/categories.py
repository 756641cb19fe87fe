"""Categories with everything below them."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from frontend.articles import fold
from frontend.feeds import atom
from frontend.frame import frame
from frontend.frame import path as path_at
from frontend.head import Head, category_steps, trail_document, trail_to
from frontend.listings import list_posts
from frontend.old_urls import move_to
from frontend.templating import show as render
from frontend.topics import list_children, list_way
from shared.models import Category
from shared.models.reading import Where, subtree
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
    listing = list_posts(Where(category_ids=subtree(session(), category)), path=here)
    way = list_way(session(), category)
    head = Head(
        title=category.name,
        path=listing.here,
        description=category.description,
        feed=path_at("categories.feed", path=category.path),
        newer=listing.newer,
        older=listing.older,
        data=(trail_document(frame(), trail_to(frame(), *category_steps(way))),),
    )
    children = list_children(session(), category)
    return render(
        "categories/show.html",
        head,
        category=category,
        way=way,
        children=children,
        listing=listing,
    )


@route("feed")
def feed(path: str) -> ResponseReturnValue:
    """Give the newest posts of a category as Atom."""
    category = get_category(path)
    own = path_at("categories.feed", path=category.path)
    if category.path != path:
        return move_to(own)
    where = Where(category_ids=subtree(session(), category))
    page = path_at("categories.show", path=category.path)
    return atom(where, title=category.name, own=own, page=page)


def get_category(path: str) -> Category:
    """Return the category at a path, however its letters are written; aborts with 404."""
    forms = {path, fold(path)}
    found = session().scalars(select(Category).where(Category.path.in_(forms))).all()
    return min(found, key=lambda category: category.path != path, default=None) or abort(404)
