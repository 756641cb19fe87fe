"""How much a request may send: refused by its announced length, else cut off while it is read.

Waiting for it is no work of ours: the server says how slowly it may come (408), the time limit of
requests does not count it.
"""

import io
from typing import Any
from wsgiref.types import InputStream, WSGIEnvironment

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout

from shared.time_limit import uninterrupted
from shared.wsgi.answers import Trouble

BAD_LENGTH = Trouble(400, "Content-Length is not a number.")
LONGEST_NUMBER = 18  # digits; longer numbers are too large whatever they say


class BoundedStream(io.RawIOBase):
    """A body as it comes; raises RequestEntityTooLarge when it is over `limit` bytes.

    It raises RequestTimeout when the server has waited for it long enough.
    Werkzeug's LimitedStream would let `read()` return the first part as if it were the whole.
    """

    def __init__(self, stream: InputStream, limit: int, *, beyond: int = 1) -> None:
        super().__init__()
        self._stream = stream
        self._left = limit
        self._beyond = beyond  # bytes to look for after the limit; none where the length is known

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read what fits, and at most one byte over the limit."""
        size = min(len(buffer), self._left + self._beyond)
        if not size:
            return 0
        with uninterrupted():
            try:
                data = self._stream.read(size)
            except TimeoutError as error:
                raise RequestTimeout from error
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
    environ["wsgi.input"] = BoundedStream(environ["wsgi.input"], int(length), beyond=0)
    return None
