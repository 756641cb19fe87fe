"""Old addresses keep working: redirects are asked before a slash is added and before a 404."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, Response, request
from sqlalchemy import bindparam, select
from werkzeug.exceptions import Gone
from werkzeug.routing import RequestRedirect
from werkzeug.urls import iri_to_uri

from frontend.frame import frame, path
from shared.domain.redirects import forms_of
from shared.models import Post, Redirect
from shared.models.base import UtcDateTime
from shared.models.reads import read
from shared.web import now, session

INDEX = "/index.html"
SAFE = "/!$&'()*+,;=:@~"
NOW: Any = bindparam("now", type_=UtcDateTime())
MOVES = (
    select(
        Redirect.path,
        Redirect.target,
        Redirect.status,
        Redirect.post_id,
        Post.kind,
        Post.slug,
        Post.public(NOW).label("is_public"),
    )
    .outerjoin(Post, Post.id == Redirect.post_id)
    .where(Redirect.path.in_(bindparam("forms", expanding=True)))
)


def follow(app: Flask) -> None:
    """Answer the slashless form of a page: with its redirect if it has one, else with the slash."""
    app.url_map.merge_slashes = False  # the gate refuses `//`; alone, the site does not guess

    @app.before_request
    def settle_slash() -> Response | None:
        if not isinstance(request.routing_exception, RequestRedirect):
            return None
        return find_move(request.path) or move_to(path_with_slash(request.path), 308)


def find_move(asked: str) -> Response | None:
    """Return the redirect of a path, unless it leads to itself; raises Gone for what was removed.

    `/old.html` is found for `/old/` too, and may well lead there.
    """
    rows = read(session(), MOVES, {"forms": sorted(forms_of(asked)), "now": now()}, of=_keys)
    found = min(rows, key=lambda row: row.path != asked, default=None)
    if found is None:
        return None
    if found.status == 410:
        raise Gone
    location = _location(found)
    leads_on = location and unquote(location) != asked
    return move_to(location, found.status) if leads_on else None


def _keys(rows: Sequence[Any]) -> set[str]:
    return {"redirects", *(f"post:{row.post_id}" for row in rows if row.post_id is not None)}


def move_to(location: str, status: int = 308) -> Response:
    """Redirect to an address, or to a path below the site's root.

    A path stays one in the answer (RFC 9110, 10.2.2): no Host header can lead elsewhere. The
    query string that was asked with is added in front of the application, by the page store.
    """
    if location.startswith("/"):
        location = frame().root + location
    response = Response(status=status)
    response.headers["Location"] = location
    return response


def path_with_slash(asked: str) -> str:
    """Return the encoded form of a page's path that ends in a slash; `index.html` says the same."""
    return quote(f"/{asked.removesuffix(INDEX).strip('/')}/".replace("//", "/"), safe=SAFE)


def _location(found: Any) -> str:
    if found.post_id is None:
        return iri_to_uri(found.target)
    if not found.is_public:
        return ""
    if found.kind == "page":
        return path("pages.show", path=found.slug)
    return path("posts.show", slug=found.slug)
