"""Pages of the past in the console: named by their instant, framed, their links kept there."""

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from flask import Response

from shared.content.tags import edit_tags, tag_pattern, write_tag
from shared.domain.errors import NotFound
from shared.saying import say
from shared.web.past import Answer

FORMAT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
# The frame runs none, and each would be a complaint in the browser's console.
_SCRIPTS: Final = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_LINKS: Final = tag_pattern("a", "form")
# What is no page, or has no past.
_AS_NOW: Final = re.compile(r"/(?:admin|api|media|static|preview)(?:/|$)")


def write_instant(instant: datetime) -> str:
    """Return an instant as addresses name it, exact to the microsecond."""
    return instant.astimezone(UTC).strftime(FORMAT)


def read_instant(name: str | None, *, until: datetime) -> datetime:
    """Read an instant from an address, none is `until`. Raises NotFound, for the future too."""
    if name is None:
        return until
    try:
        instant = datetime.strptime(name, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        instant = None
    if instant is None or instant > until:
        raise NotFound(say("There is no such moment to go back to."))
    return instant


def send_on(answer: Answer, root: str, below: str, framed_below: str) -> Response:
    """Return the site's answer with its links led to where the past goes on.

    `root` stands before the site's paths. Links open the console's page `below`, around the frame;
    a redirect stays in the frame.
    """
    body = answer.body
    if answer.headers.get("content-type", "").startswith("text/html"):
        body = lead(_SCRIPTS.sub("", body.decode()), root, below).encode()
    response = Response(body, answer.status)
    for name in ("content-type", "content-security-policy"):
        if name in answer.headers:
            response.headers[name] = answer.headers[name]
    if "location" in answer.headers:
        place = answer.headers["location"]
        response.headers["Location"] = _led(place, root, framed_below) or place
    return response


def lead(html: str, root: str, below: str) -> str:
    """Let links and forms to the site's pages open those of the past, in the whole window."""

    def edit(name: str, attributes: dict[str, str]) -> str | None:
        key = "href" if name == "a" else "action"
        place = attributes.get(key, "")
        if not place or place.startswith("#"):
            return None
        there = _led(place, root, below) or place
        return write_tag(name, attributes | {key: there, "target": "_top"})

    return edit_tags(html, _LINKS, edit)


def _led(place: str, root: str, below: str) -> str:
    """Return where the page of a path is in the past, empty for what is not a page of the site."""
    parts = urlsplit(place)
    path = parts.path.removeprefix(root)
    if parts.scheme or parts.netloc or not path.startswith("/") or _AS_NOW.match(path):
        return ""
    rest = place.removeprefix(root).removeprefix("/")
    return below + rest


def framed(response: Response) -> Response:
    """Let nobody keep or index an answer, and only the console show it in a frame."""
    policy = response.headers.get("Content-Security-Policy", "default-src 'none'; style-src 'self'")
    policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    if "frame-ancestors" not in policy:
        policy = f"{policy}; frame-ancestors 'self'"
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
