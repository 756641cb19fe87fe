"""What search engines ask for first."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from frontend.frame import frame, path
from frontend.sitemap import list_lists, list_parts, list_posts_of
from shared.web import Routes, now, session

blueprint = Blueprint("seo", __name__)
route = Routes("frontend", blueprint)

CLOSED = ("/admin/", "/api/", "/search/")


@route("sitemap")
def sitemap() -> ResponseReturnValue:
    """Give every address, or the list of the parts that do."""
    parts = list_parts(session(), now=now())
    if len(parts) > 1:
        paths = [path("seo.sitemap_part", number=number) for number in (0, *parts)]
        return _xml("seo/sitemap_index.xml", paths=paths)
    places = [*list_lists(session(), now=now())]
    for number in parts:
        places += list_posts_of(session(), number, now=now())
    return _xml("seo/sitemap.xml", places=places)


@route("sitemap_part")
def sitemap_part(number: int) -> ResponseReturnValue:
    """Give one part of a large sitemap."""
    if number == 0:
        return _xml("seo/sitemap.xml", places=[*list_lists(session(), now=now())])
    places = [*list_posts_of(session(), number, now=now())]
    return _xml("seo/sitemap.xml", places=places) if places else abort(404)


@route("robots")
def robots() -> ResponseReturnValue:
    """Say what need not be crawled (RFC 9309)."""
    around = frame()
    lines = ["User-agent: *", *(f"Disallow: {around.root}{place}" for place in CLOSED)]
    lines += ["", f"Sitemap: {around.absolute('seo.sitemap')}", ""]
    return Response("\n".join(lines), mimetype="text/plain")


def _xml(template: str, **context: object) -> Response:
    return Response(render_template(template, frame=frame(), **context), mimetype="application/xml")
