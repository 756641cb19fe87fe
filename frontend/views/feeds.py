"""The feeds of the whole site."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from frontend import feeds
from frontend.frame import path
from shared.models.reading import Where
from shared.web import Routes

blueprint = Blueprint("feeds", __name__)
route = Routes("frontend", blueprint)


@route("atom")
def atom() -> ResponseReturnValue:
    """Give the newest posts as Atom."""
    return feeds.atom(Where(), title="", own=path("feeds.atom"), page=path("posts.index"))


@route("rss")
def rss() -> ResponseReturnValue:
    """Give the newest posts as RSS."""
    return feeds.rss(_feed("feeds.rss"))


@route("json")
def json() -> ResponseReturnValue:
    """Give the newest posts as a JSON Feed."""
    return feeds.json_feed(_feed("feeds.json"))


def _feed(own: str) -> feeds.Feed:
    return feeds.read_feed(Where(), title="", own=path(own), page=path("posts.index"))
