"""Everything by year and month, in pages."""

from functools import partial

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from frontend.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    bounds_of_year,
    list_lines,
    list_years,
    months_of,
)
from frontend.frame import frame, path
from frontend.head import head_of_list
from frontend.paging import take_page
from frontend.templating import show as render
from shared.web import Routes, now, session

blueprint = Blueprint("archive", __name__)
route = Routes("frontend", blueprint)

SIZE = 80


@route("index")
def index() -> ResponseReturnValue:
    """Show all posts, newest first, under their years and months."""
    return _show(path("archive.index"), frame().words.archive)


@route("year")
def year(year: int) -> ResponseReturnValue:
    """Show the posts of one year."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        abort(404)
    return _show(path("archive.year", year=f"{year:04}"), str(year), year)


def _show(here: str, title: str, year: int | None = None) -> ResponseReturnValue:
    zone = frame().site.zone
    bounds = bounds_of_year(year or FIRST_YEAR, zone, until=0 if year else LAST_YEAR)
    fetch = partial(list_lines, session(), bounds, zone, now=now())
    listing = take_page(fetch, size=SIZE, path=here)
    if year and not listing.items:
        abort(404)
    years = list_years(session(), zone, now=now())
    about = {"months": months_of(listing.items), "years": years, "chosen": year}
    head = head_of_list(listing, title=title)
    return render("archive/index.html", head, listing=listing, **about)
