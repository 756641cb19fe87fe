"""Everything by year and month, in pages."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from frontend.calendar import FIRST_YEAR, LAST_YEAR, bounds_of_year, list_years, months_of
from frontend.frame import frame, path
from frontend.head import Head
from frontend.listings import list_posts
from frontend.templating import show as render
from shared.models.reading import Where
from shared.web import Routes, now, session

blueprint = Blueprint("archive", __name__)
route = Routes("frontend", blueprint)

SIZE = 100


@route("index")
def index() -> ResponseReturnValue:
    """Show all posts, newest first, under their years and months."""
    return _show(Where(), path("archive.index"), frame().words.archive, None)


@route("year")
def year(year: int) -> ResponseReturnValue:
    """Show the posts of one year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    since, until = bounds_of_year(year, frame().site.zone)
    here = path("archive.year", year=f"{year:04}")
    return _show(Where(since=since, until=until), here, str(year), year)


def _show(where: Where, here: str, title: str, chosen: int | None) -> ResponseReturnValue:
    listing = list_posts(where, path=here, size=SIZE)
    if chosen is not None and not listing.items:
        abort(404)
    zone = frame().site.zone
    head = Head(title=title, path=listing.here, newer=listing.newer, older=listing.older)
    return render(
        "archive/index.html",
        head,
        listing=listing,
        months=months_of(listing.items, zone),
        years=list_years(session(), zone, now=now()),
        chosen=chosen,
    )
