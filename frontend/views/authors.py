"""What one author has published."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from frontend.articles import fold
from frontend.frame import frame, path
from frontend.head import Head
from frontend.listings import list_posts
from frontend.old_urls import move_to
from frontend.templating import show as render
from shared.models import User
from shared.models.reading import Where
from shared.web import Routes, session

blueprint = Blueprint("authors", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(slug: str) -> ResponseReturnValue:
    """Show an author's posts; who has published nothing has no page."""
    columns = (User.id, User.name, User.slug, User.bio)
    author = session().execute(select(*columns).where(User.slug == fold(slug))).first()
    if author is None:
        abort(404)
    here = path("authors.show", slug=author.slug)
    if author.slug != slug:
        return move_to(here)
    listing = list_posts(Where(author_id=author.id), path=here)
    if not listing.items:
        abort(404)
    head = Head(
        title=author.name,
        path=listing.here,
        description=author.bio or frame().words.written_by.format(author.name),
        kind="profile",
        newer=listing.newer,
        older=listing.older,
    )
    return render("authors/show.html", head, author=author, listing=listing)
