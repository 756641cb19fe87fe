"""Old addresses keep working: redirects are asked before a slash is added and before a 404."""

from urllib.parse import quote, unquote

from flask import Flask, Response, request
from werkzeug.exceptions import Gone
from werkzeug.routing import RequestRedirect
from werkzeug.urls import iri_to_uri

from frontend.frame import frame
from shared.domain.redirects import find_redirect, post_path
from shared.models import Redirect
from shared.web import now, session

INDEX = "/index.html"
SAFE = "/!$&'()*+,;=:@~"


def follow(app: Flask) -> None:
    """Answer the slashless form of a page: with its redirect if it has one, else with the slash."""
    app.url_map.merge_slashes = False  # the gate refuses `//`; alone, the site does not guess

    @app.before_request
    def settle_slash() -> Response | None:
        if not isinstance(request.routing_exception, RequestRedirect):
            return None
        return find_move(request.path) or move_to(path_with_slash(request.path), 308)


def find_move(path: str) -> Response | None:
    """Return the redirect of a path, unless it leads to itself; raises Gone for what was removed.

    `/old.html` is found for `/old/` too, and may well lead there.
    """
    found = find_redirect(session(), path)
    if found is None:
        return None
    if found.status == 410:
        raise Gone
    location = _location(found)
    leads_on = location and unquote(location) != path
    return move_to(location, found.status) if leads_on else None


def move_to(location: str, status: int = 308) -> Response:
    """Redirect to an address, or to a path below the site's root; the query string is kept.

    A path stays one in the answer (RFC 9110, 10.2.2): no Host header can lead elsewhere.
    """
    if location.startswith("/"):
        location = frame().root + location
    if query := request.query_string.decode("latin-1"):
        location += ("&" if "?" in location else "?") + quote(query, safe=SAFE + "%?[]")
    response = Response(status=status)
    response.headers["Location"] = location
    return response


def path_with_slash(path: str) -> str:
    """Return the encoded form of a page's path that ends in a slash; `index.html` says the same."""
    return quote(f"/{path.removesuffix(INDEX).strip('/')}/".replace("//", "/"), safe=SAFE)


def _location(redirect: Redirect) -> str:
    if redirect.post_id is None:
        return iri_to_uri(redirect.target)
    post = redirect.post
    return quote(post_path(post), safe=SAFE) if post and post.is_public(now()) else ""
