"""How much a request may send: refused by its announced length, else cut off while it is read."""

import io
from typing import Any
from wsgiref.types import InputStream, WSGIEnvironment

from werkzeug.exceptions import RequestEntityTooLarge

from shared.wsgi.answers import Trouble

BAD_LENGTH = Trouble(400, "Content-Length is not a number.")
LONGEST_NUMBER = 18  # digits; longer numbers are too large whatever they say


class BoundedStream(io.RawIOBase):
    """A body of unknown length; raises RequestEntityTooLarge when it is over `limit` bytes.

    Werkzeug's LimitedStream would let `read()` return the first part as if it were the whole.
    """

    def __init__(self, stream: InputStream, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = limit

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read what fits, and at most one byte over the limit."""
        data = self._stream.read(min(len(buffer), self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            self._left = 0
            raise RequestEntityTooLarge
        buffer[: len(data)] = data
        return len(data)


def limit_body(environ: WSGIEnvironment, limit: int) -> Trouble | None:
    """Refuse a body that is announced larger than `limit` bytes; bound one of unknown length."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not length or "HTTP_TRANSFER_ENCODING" in environ:  # it overrides (RFC 9112, 6.3)
        environ["wsgi.input"] = BoundedStream(environ["wsgi.input"], limit)
        return None
    if not (length.isascii() and length.isdecimal()):
        return BAD_LENGTH
    if len(length) > LONGEST_NUMBER or int(length) > limit:
        return Trouble(413, f"The request body is larger than {limit} bytes.")
    return None
