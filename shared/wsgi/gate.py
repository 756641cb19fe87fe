"""The outermost layer: every request gets its id here, and what is malformed goes no further."""

import re
import time
from collections.abc import Iterable, Mapping
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shared.log_context import app_name
from shared.settings import Settings
from shared.wsgi import request_id
from shared.wsgi.answers import Trouble, answer, reply
from shared.wsgi.bodies import limit_body
from shared.wsgi.first_segment import first_segment
from shared.wsgi.hosts import allow
from shared.wsgi.paths import MALFORMED, find_trouble
from shared.wsgi.proxies import Forwarding

BAD_HOST = Trouble(400, "This server does not answer to that host name.")
BODYLESS = frozenset({"GET", "HEAD", "OPTIONS"})
ALLOW_ALL = (("Allow", "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"),)
_match_absolute = re.compile(r"https?://([^/?#]*)([^?#]*)", re.IGNORECASE).match


class Gate:
    """WSGI middleware that lets only well-formed requests for this site reach `app`.

    Sets `triptych.request_id`, `triptych.client`, `triptych.root` (what stands before the
    mounts, such as a proxy's prefix) and `triptych.started` (`time.perf_counter`).
    """

    def __init__(
        self, app: WSGIApplication, settings: Settings, body_limits: Mapping[str, int]
    ) -> None:
        self.app = app
        self._allows = allow(settings.host_names)
        self._forwarding = Forwarding(
            settings.trusted_proxies, trust_unix_peer=settings.trust_unix_peer
        )
        self._body_limits = body_limits
        self._body_limit = settings.max_body_site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["triptych.started"] = time.perf_counter()
        name = request_id.identify(environ.get("HTTP_X_REQUEST_ID", ""))
        environ["triptych.request_id"] = name
        request_id.current.set(name)
        app_name.set("")

        def start(status, headers, exc_info=None, /):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - StartResponse
            return start_response(status, [*headers, ("X-Request-ID", name)], exc_info)

        raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or ""
        if raw == "*" and environ["REQUEST_METHOD"] == "OPTIONS":
            return self._speak_for_the_server(environ, start)
        trouble = self._find_trouble(environ, raw)
        if trouble is not None:
            return answer(environ, start, trouble)
        return self.app(environ, start)

    def _find_trouble(self, environ: WSGIEnvironment, raw: str) -> Trouble | None:
        if raw and raw[0] != "/":
            raw = _read_absolute(environ, raw)
            if not raw:
                return MALFORMED
        trouble = self._forwarding.apply(environ)
        if trouble is not None:
            return trouble
        if not self._allows(environ.get("HTTP_HOST", "")):
            return BAD_HOST
        path = environ["PATH_INFO"] or environ["SCRIPT_NAME"]
        if not path:  # an absolute target may end behind the host (RFC 9110, 4.2.3)
            path = environ["PATH_INFO"] = "/"
        trouble = find_trouble(path, raw.partition("?")[0])
        if trouble is not None:
            return trouble
        if _may_have_body(environ):
            limit = self._body_limits.get(first_segment(path), self._body_limit)
            return limit_body(environ, limit)
        return None

    def _speak_for_the_server(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Answer `OPTIONS *` (RFC 9110, 9.3.7), which asks about no resource."""
        environ["PATH_INFO"] = ""
        trouble = self._forwarding.apply(environ)
        if trouble is None and not self._allows(environ.get("HTTP_HOST", "")):
            trouble = BAD_HOST
        if trouble is not None:
            return answer(environ, start, trouble)
        return reply(environ, start, 204, "", b"", ALLOW_ALL)


def _may_have_body(environ: WSGIEnvironment) -> bool:
    return (
        environ["REQUEST_METHOD"] not in BODYLESS
        or bool(environ.get("CONTENT_LENGTH"))
        or "HTTP_TRANSFER_ENCODING" in environ
    )


def _read_absolute(environ: WSGIEnvironment, raw: str) -> str:
    """Read `GET http://host/path`: the host of the target replaces the header's (RFC 9112, 3.2.2).

    Returns the path, or an empty string when the target is of no form that a site is asked in.
    """
    found = _match_absolute(raw)
    if found is None:
        return ""
    environ["HTTP_HOST"] = found[1]
    return found[2] or "/"
