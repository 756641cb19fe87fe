"""Which kept answer a request may be given: the URL decides, and nothing else that a client says.

What a client can make up without end, host names, ports, prefixes, unknown query parameters,
makes no entry and reaches no page.
"""

from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit
from wsgiref.types import WSGIEnvironment

import werkzeug.urls  # noqa: F401 - registers how the site reads what is no text

from shared.settings import Settings
from shared.web.links import Links
from shared.wsgi.first_segment import first_segment

# The query parameters that pages read, by their first segment; others are ignored.
PARAMETERS: Final = {
    "/": ("page",),
    "/archive": ("page",),
    "/author": ("page",),
    "/category": ("page",),
    "/list": ("page",),
    "/search": ("page", "q"),
}
LONGEST_QUERY: Final = 200  # characters of a search
AS_WRITTEN: Final = "werkzeug.url_quote"  # what is no text keeps its percent signs
DEFAULT_PORTS: Final = frozenset({"", "80", "443"})
MOST_FRONTS: Final = 1_000


def canonical_query(path: str, query: str) -> str:
    """Return the part of a query string that a page reads, always in the same form."""
    wanted = PARAMETERS.get(first_segment(path), ()) if path.endswith("/") else ()
    if not query or not wanted:
        return ""
    given: dict[str, str] = {}
    text = query.encode("latin-1").decode("utf-8", "replace")  # PEP 3333: bytes dressed as text
    for name, value in parse_qsl(text, keep_blank_values=True, errors=AS_WRITTEN):
        if name in wanted:
            given.setdefault(name, value)
    if "q" in given:
        given["q"] = " ".join(given["q"].split())[:LONGEST_QUERY]
    if given.get("page") == "1":
        del given["page"]
    kept = [(name, given[name]) for name in wanted if name in given]
    return urlencode([(name, value) for name, value in kept if value or name != "q"])


class Addresses:
    """Tells under which key an answer is kept, by the address that the site is asked at."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._site = urlsplit(settings.site_url)
        self._ports = DEFAULT_PORTS | {str(settings.port)}
        self._fronts: dict[tuple[str, str, str], str | None] = {}

    def front(self, environ: WSGIEnvironment) -> str | None:
        """Return the origin that keys begin with, None when nothing is kept for this address.

        With SITE_URL there is one. Without it, pages name the host that they were asked at: only
        the exact names of the settings are kept, without a prefix and on a port that we know.
        """
        root = environ.get("triptych.root", "")
        asked = environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), root
        try:
            return self._fronts[asked]
        except KeyError:
            if len(self._fronts) >= MOST_FRONTS:
                self._fronts.clear()
            found = self._fronts[asked] = self._find_front(environ)
            return found

    def _find_front(self, environ: WSGIEnvironment) -> str | None:
        links = Links.of_request(environ, self._settings)
        if links.away:
            return None
        if self._site.netloc:
            return links.site if links.root == self._site.path else None
        host, _, port = links.origin.partition("://")[2].partition(":")
        ports = self._ports if self._settings.port else {*self._ports, environ["SERVER_PORT"]}
        is_known = host in self._settings.host_names and port in ports and not links.root
        return links.origin if is_known else None

    def own(self, environ: WSGIEnvironment) -> dict[str, Any]:
        """Return scheme and host as a page is rendered with them: SITE_URL's where it is set."""
        if not self._site.netloc:
            return {name: environ[name] for name in ("wsgi.url_scheme", "HTTP_HOST")}
        return {"wsgi.url_scheme": self._site.scheme, "HTTP_HOST": self._site.netloc}
