"""Small WSGI applications that stand in for the three real ones."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from shared.log_context import app_name, request_id

SHOWN = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_HOST",
    "REMOTE_ADDR",
    "wsgi.url_scheme",
    "triptych.client",
    "triptych.root",
    "triptych.request_id",
)


def echo(name: str) -> Callable[..., list[bytes]]:
    """Return an application that answers what it was asked, as JSON."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        seen = {key: environ[key] for key in SHOWN if key in environ}
        seen |= {"app": name, "logged as": [app_name.get(), request_id.get()]}
        seen["claims"] = sorted(key for key in environ if "FORWARD" in key or "SCHEME" in key)
        body = json.dumps(seen).encode()
        start_response(
            "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        )
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return application


def gulp(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read the whole body and answer its length."""
    length = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(length).encode()]


def raising(error: BaseException, *, after: list[bytes] | None = None) -> Callable[..., Any]:
    """Return an application that raises: at once, or (given chunks) after these chunks."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Own", "1")])
        if after is None:
            raise error
        return _stumble(after, error)

    return application


def _stumble(chunks: list[bytes], error: BaseException) -> Iterator[bytes]:
    yield from chunks
    raise error
