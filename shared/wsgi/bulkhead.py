"""Limits the requests in progress on one mount, so that its flood cannot take every thread.

A request over the limit is refused at once: threads that wait would be the outage.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shared.wsgi.answers import Trouble, answer

logger = logging.getLogger(__name__)

FULL = Trouble(
    503, "Too many requests are in progress here; please try again.", (("Retry-After", "1"),)
)
WARN_EVERY = 1.0  # seconds


class Slots:
    """A number of places that are taken without waiting and given back."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken = 0
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take a place; False when there is none."""
        with self._lock:
            if self.taken >= self.limit:
                return False
            self.taken += 1
            return True

    def give(self) -> None:
        """Give a place back."""
        with self._lock:
            self.taken -= 1


class Bulkhead:
    """WSGI middleware that lets `slots` requests at a time through to `app`.

    A request holds its place in each of `slots` until its answer is closed. Paths below
    `exempt` (static files, which a browser asks for many at a time) need no place. With `only`,
    no others need one: put inside another bulkhead, it is a narrower one for some of the paths.
    """

    def __init__(
        self,
        name: str,
        app: WSGIApplication,
        *slots: Slots,
        exempt: str | None = None,
        only: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.app = app
        self._slots = slots
        self._exempt = exempt
        self._only = only
        self._clock = clock
        self._warn_at = 0.0
        self._refused = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if (self._exempt and path.startswith(self._exempt)) or not path.startswith(self._only):
            return self.app(environ, start_response)
        if not self._enter():
            self._warn()
            return answer(environ, start_response, FULL)
        try:
            body = self.app(environ, start_response)
        except BaseException:
            self._leave()
            raise
        return _hold(body, environ, self._leave)

    def _enter(self) -> bool:
        for count, slots in enumerate(self._slots):
            if not slots.take():
                for taken in self._slots[:count]:
                    taken.give()
                return False
        return True

    def _leave(self) -> None:
        for slots in self._slots:
            slots.give()

    def _warn(self) -> None:
        self._refused += 1
        now = self._clock()
        if now >= self._warn_at:
            limit = min(slots.limit for slots in self._slots)
            logger.warning(
                "%s is full: %d in progress, %d refused", self.name, limit, self._refused
            )
            self._warn_at, self._refused = now + WARN_EVERY, 0


class Held:
    """A body whose end gives the request's place back, exactly once."""

    def __init__(self, body: Iterable[bytes], leave: Callable[[], None]) -> None:
        self._body = body
        self._close_body: Callable[[], object] | None = getattr(body, "close", None)
        self._leave: Callable[[], None] | None = leave

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Close the body and leave."""
        leave, self._leave = self._leave, None
        if leave is None:
            return
        try:
            if self._close_body is not None:
                self._close_body()
        finally:
            leave()

    __del__ = close  # a server that forgets to close must not use up the places


def _hold(
    body: Iterable[bytes], environ: WSGIEnvironment, leave: Callable[[], None]
) -> Iterable[bytes]:
    held = Held(body, leave)
    wrapper: type | None = environ.get("wsgi.file_wrapper")
    if wrapper and isinstance(body, wrapper):
        # The server knows its own file wrapper by its class and sends it by sendfile(2).
        with suppress(AttributeError):
            setattr(body, "close", held.close)  # noqa: B010 - not an attribute of every Iterable
            return body
    return held
