"""Asking the site for a page as it was: in this process, by who may see all that was public."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from wsgiref.types import WSGIEnvironment

from shared.domain.past import show_past
from shared.log_context import app_name
from shared.runtime import Runtime
from shared.urls import MOUNTS
from shared.web.context import PAST, Past
from shared.wsgi.finished import joined

PASSED_ON: Final = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.url_scheme")


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask_past(
    runtime: Runtime, environ: WSGIEnvironment, path: str, query: str, instant: datetime
) -> Answer | None:
    """Return the site's answer at an instant; None when the site does not run in this process.

    Raises StillPreparing and TooMuchChanged.
    """
    find_site = runtime.apps.get("frontend")
    site = find_site() if find_site else None
    if site is None:
        return None
    asking = app_name.get()
    head: list[Any] = []

    def start_response(status: str, headers: Any, exc_info: Any = None, /) -> Any:  # noqa: ARG001 - PEP 3333's signature
        head[:] = status, headers

    try:
        with show_past(runtime.database, instant) as session:
            request = _request(environ, path, query) | {PAST: Past(instant, session)}
            body = joined(site(request, start_response))
    finally:
        app_name.set(asking)
    return Answer(int(head[0][:3]), {name.lower(): value for name, value in head[1]}, body)


def _request(environ: WSGIEnvironment, path: str, query: str) -> WSGIEnvironment:
    passed = {
        name: value
        for name, value in environ.items()
        if name in PASSED_ON or name in {"wsgi.errors", "wsgi.version", "triptych.request_id"}
    }
    root = environ.get("triptych.root", "")
    return passed | {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": root + MOUNTS["frontend"],
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "triptych.root": root,
        "triptych.is_logged": True,
        "wsgi.input": io.BytesIO(),
        "wsgi.multiprocess": True,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
    }
