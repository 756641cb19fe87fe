"""Asking a WSGI application for a page, and what of the answer has to be the same for everyone."""

import gzip
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import brotli
from werkzeug.test import create_environ

# The page store makes these itself, by what the client takes and has.
OWN = frozenset(
    {"etag", "last-modified", "vary", "content-length", "content-encoding", "date", "location"}
)
CODINGS = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclass(frozen=True)
class Answer:
    """An answer: its body as it was sent, and its headers."""

    status: str
    headers: tuple[tuple[str, str], ...]
    sent: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def body(self) -> bytes:
        return CODINGS[self.header("content-encoding")](self.sent)

    @property
    def told(self) -> tuple[Any, ...]:
        """What must be told alike by the store and by a fresh rendering."""
        others = sorted(item for item in self.headers if item[0].lower() not in OWN)
        return self.status, others, self.header("location"), self.body


def ask(app: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """Ask an application for an address as a visitor's browser does."""
    environ = {**_environ(address), "REQUEST_METHOD": method, "wsgi.input": BytesIO()}
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    head: list[Any] = []
    body = app(environ, lambda status, given, _=None: head.extend((status, given)))
    try:
        sent = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return Answer(head[0], tuple(head[1]), sent)


def query_of(address: str) -> str:
    """Return the query string of an address, as it goes over the wire."""
    query: str = _environ(address)["QUERY_STRING"]
    return query


@cache
def _environ(address: str) -> dict[str, Any]:
    return create_environ(address) | {"triptych.is_logged": True}
