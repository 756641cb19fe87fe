"""How much a request may send: refused by its announced length, else cut off while it is read."""

from typing import IO, cast
from wsgiref.types import WSGIEnvironment

from werkzeug.wsgi import LimitedStream

from shared.wsgi.answers import Trouble

BAD_LENGTH = Trouble(400, "Content-Length is not a number.")
LONGEST_NUMBER = 18  # digits; longer numbers are too large whatever they say


def limit_body(environ: WSGIEnvironment, limit: int) -> Trouble | None:
    """Refuse a body that is announced larger than `limit` bytes; bound one of unknown length.

    Reading past the bound raises werkzeug's RequestEntityTooLarge inside the application.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if length:
        if not (length.isascii() and length.isdecimal()):
            return BAD_LENGTH
        if len(length) > LONGEST_NUMBER or int(length) > limit:
            return too_large(limit)
        return None
    stream = cast("IO[bytes]", environ["wsgi.input"])
    # A stream that holds exactly the limit is fine: the bound sits on the byte after it.
    environ["wsgi.input"] = LimitedStream(stream, limit + 1, is_max=True)
    return None


def too_large(limit: int) -> Trouble:
    """Describe a body over the limit of its mount, in bytes."""
    return Trouble(413, f"The request body is larger than {limit} bytes.")
