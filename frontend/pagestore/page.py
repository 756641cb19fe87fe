"""One finished page of the site: its bytes, what it was made of, and when."""

import threading
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.http import http_date

from shared.clock import Clock
from shared.models.reads import BEGINNING, END
from shared.wsgi.finished import Finished, Header

KEPT_STATUSES: Final = frozenset({200, 301, 302, 308, 404, 410})
SECOND: Final = timedelta(seconds=1)
QUERY_SAFE: Final = "/!$&'()*+,;=:@~%?[]"
# What a page costs beside its bytes: the object, and its place in the lists of each key.
OVERHEAD: Final = 1_500
OVERHEAD_OF_KEY: Final = 150
OF_A_CHARACTER: Final = 5  # of a key: as Python keeps it, and in UTF-8 once it was bound
# RFC 9111 made the header obsolete, not the word: caches and people still read it.
STALE: Final = ("Warning", '110 - "Response is Stale"')

_settling = threading.Lock()


class Page(Finished):
    """A finished answer of the site; `keys` is None when it must not be kept.

    `number` is the version of the content that it was made at or after, `size` counts the bytes
    that it takes in memory, `is_outage` says that the database did not answer meanwhile. It is
    right from `since` up to `until`. Who keeps it sets `on_growth`, and is told the bytes of each
    compressed form that is made.
    """

    __slots__ = (
        "_modified",
        "_settled_at",
        "is_outage",
        "keys",
        "location",
        "made_at",
        "number",
        "on_growth",
        "since",
        "until",
    )

    def __init__(
        self,
        status: str,
        headers: Collection[Header],
        bodies: Mapping[str, bytes],
        *,
        keys: frozenset[str] | None,
        number: int,
        made_at: datetime,
        since: datetime = BEGINNING,
        until: datetime = END,
        is_outage: bool = False,
    ) -> None:
        super().__init__(status, tuple(headers), bodies, is_lazy=True)
        self.on_growth: Callable[[int], None] | None = None
        self.location = next((value for name, value in headers if name.lower() == "location"), "")
        self.is_outage = is_outage
        self.keys = keys
        self.number = number
        self.made_at = made_at
        self.since, self.until = since, until
        self._modified = ""
        # In its first second another version may have come and gone: no date could tell them
        # apart (RFC 9110, 8.8.2.2), so none is given before that second is over.
        self._settled_at = made_at.replace(microsecond=0) + SECOND
        self.size += OVERHEAD + sum(
            OVERHEAD_OF_KEY + OF_A_CHARACTER * len(key) for key in keys or ()
        )

    def is_for(self, now: datetime) -> bool:
        """Tell whether this is its time."""
        return self.since <= now < self.until

    def answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, clock: Clock
    ) -> tuple[int, list[bytes]]:
        """Send the page or a 304; return the status sent and the body."""
        if self.location:
            return self._redirect(environ, start_response)
        modified = self._modified or self._settle(clock())
        known = bool(modified) and environ.get("HTTP_IF_MODIFIED_SINCE") == modified
        return self.send(environ, start_response, is_known=known)

    def answer_stale(
        self, environ: WSGIEnvironment, start_response: StartResponse, clock: Clock
    ) -> tuple[int, list[bytes]]:
        """Send the page as it was when the database last answered, and say so (RFC 9111, 5.1)."""
        age = max(0, int((clock() - self.made_at).total_seconds()))
        more = STALE, ("Age", str(age))
        if self.location:
            return self._redirect(environ, start_response, more)
        return self.send(environ, start_response, more=more)

    def grow(self, by: int) -> None:
        """Count the bytes of a form that was made, or have them counted."""
        if self.on_growth is None:
            self.size += by
        else:
            self.on_growth(by)

    def _settle(self, now: datetime) -> str:
        if now < self._settled_at or self.status != "200 OK":
            return ""
        with _settling:  # two visitors at once would give it two dates
            if not self._modified:
                self.add("Last-Modified", http_date(self.made_at))
                self._modified = http_date(self.made_at)
        return self._modified

    def _redirect(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        more: Collection[Header] = (),
    ) -> tuple[int, list[bytes]]:
        """Redirect with the query string that was asked with."""
        location, hash_, fragment = self.location.partition("#")
        if query := environ.get("QUERY_STRING", ""):
            # PEP 3333: bytes dressed as text
            asked = quote(query.encode("latin-1"), safe=QUERY_SAFE)
            location += ("&" if "?" in location else "?") + asked
        location += hash_ + fragment
        headers = [item for item in self.headers if item[0].lower() != "location"]
        body = self.body() or b""
        length = ("Content-Length", str(len(body)))
        start_response(self.status, [*headers, length, ("Location", location), *more])
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        return int(self.status[:3]), [] if is_head else [body]
