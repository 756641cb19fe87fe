"""Asks the application for a page with a request that holds nothing but the URL."""

import io
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from wsgiref.types import WSGIApplication, WSGIEnvironment

from frontend.pagestore.page import KEPT_STATUSES, Page
from shared.models.reads import recorded
from shared.models.stamps import EVERYTHING
from shared.wsgi.finished import Header, joined

logger = logging.getLogger(__name__)

# Of the request only these reach the application: no cookie, no header, no body, no address.
PASSED_ON: Final = (
    "PATH_INFO",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "triptych.request_id",
    "triptych.root",
    "wsgi.errors",
    "wsgi.multiprocess",
    "wsgi.multithread",
    "wsgi.run_once",
    "wsgi.version",
)
KEPT: Final = "triptych.kept"  # what renderings share, a dictionary
OUTAGE: Final = "triptych.outage"  # set by whoever finds that the database does not answer


def bare_request(environ: WSGIEnvironment, query: str, own: dict[str, Any]) -> WSGIEnvironment:
    """Return the request that stands for every request of this URL; `own` is scheme and host."""
    passed: WSGIEnvironment = {name: environ[name] for name in PASSED_ON if name in environ}
    asked = {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
    return {**passed, **own, **asked, "triptych.is_logged": True}


def render(app: WSGIApplication, request: WSGIEnvironment, *, number: int, at: datetime) -> Page:
    """Return the page that the application makes; what it raises is raised."""
    head: list[Any] = []

    def start_response(status: str, headers: list[Header], exc_info: Any = None, /) -> Any:  # noqa: ARG001 - PEP 3333's signature
        head[:] = status, headers
        return _write

    with recorded() as reads:
        body = joined(app(request, start_response))
    status, headers = head
    if reads.past:
        logger.error("%s is not kept: past the record ran %s", request["PATH_INFO"], reads.past[0])
    is_kept = not reads.past and _is_for_everyone(status, headers)
    keys = frozenset({*reads.keys, EVERYTHING}) if is_kept else None
    return Page(
        status,
        headers,
        {"": body},
        keys=keys,
        number=number,
        made_at=at,
        since=reads.since,
        until=reads.until,
        is_outage=OUTAGE in request,
    )


def _write(_: bytes) -> object:
    raise NotImplementedError("the site's application returns its bodies")


def _is_for_everyone(status: str, headers: Iterable[Header]) -> bool:
    """Tell whether an answer may be given to all; whoever sets a cookie means one person."""
    about = {name.lower(): value for name, value in headers}
    limits = about.get("cache-control", "")
    is_public = "no-store" not in limits and "private" not in limits
    return int(status[:3]) in KEPT_STATUSES and is_public and "set-cookie" not in about
