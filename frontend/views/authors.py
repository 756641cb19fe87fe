"""What one author has published."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, select

from frontend.articles import fold
from frontend.frame import frame, path
from frontend.head import head_of_list
from frontend.listings import list_posts
from frontend.old_urls import move_to
from frontend.templating import show as render
from shared.models import User
from shared.models.reading import Where
from shared.models.reads import read
from shared.web import Routes, session

blueprint = Blueprint("authors", __name__)
route = Routes("frontend", blueprint)

NAMED = select(User.id, User.name, User.slug, User.bio).where(User.slug == bindparam("slug"))


@route("show")
def show(slug: str) -> ResponseReturnValue:
    """Show an author's posts; who has published nothing has no page."""
    author = get_author(slug)
    here = path("authors.show", slug=author.slug)
    if author.slug != slug:
        return move_to(here)
    listing = list_posts(Where(author_id=author.id), path=here)
    if not listing.items:
        abort(404)
    description = author.bio or frame().words.written_by.format(author.name)
    head = head_of_list(listing, title=author.name, description=description, kind="profile")
    return render("authors/show.html", head, author=author, listing=listing)


def get_author(slug: str) -> Any:
    """Return id, name, slug and bio of the person that an address names; aborts with 404."""
    rows = read(session(), NAMED, {"slug": fold(slug)}, of=_keys)
    return rows[0] if rows else abort(404)


def _keys(rows: Sequence[Any]) -> list[str]:
    return [f"author:{row.id}" for row in rows] or ["authors"]
