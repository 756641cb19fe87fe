"""Guards one application: what goes wrong inside it ends here, as that mount's own answer."""

import logging
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout

from shared.log_context import app_name
from shared.time_limit import TimeLimit, TimeUp
from shared.wsgi.answers import Trouble, answer
from shared.wsgi.starter import Starter

logger = logging.getLogger(__name__)

CRASHED = Trouble(500, "The server failed at this request; the failure is on record.")
BODY_TOO_LARGE = Trouble(413, "The request body is too large.")
TOO_SLOW_A_CLIENT = Trouble(408, "The request body did not come in time.")
TOO_LONG = Trouble(
    503, "This took too long and was cut off; please try again later.", (("Retry-After", "10"),)
)
OF_THE_CLIENT: dict[type[BaseException], Trouble] = {
    RequestEntityTooLarge: BODY_TOO_LARGE,
    RequestTimeout: TOO_SLOW_A_CLIENT,
}


class BrokenAnswer(Exception):
    """An application failed when part of its answer was already sent; the rest cannot follow."""


class Head:
    """The start_response that an application gets: it is passed on with the first byte.

    Until then a failure can still become a clean 500, whatever the server makes of `exc_info`.
    """

    __slots__ = ("_headers", "_status", "_write", "is_sent", "start_response")

    def __init__(self, start_response: StartResponse) -> None:
        self.start_response = start_response
        self._status = ""
        self._headers: list[tuple[str, str]] = []
        self._write: Callable[[bytes], object] | None = None
        self.is_sent = False

    def __call__(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        """Take note of status and headers; a second time only with `exc_info` (PEP 3333)."""
        if self.is_sent and exc_info:
            raise exc_info[1]
        if self._status and not exc_info:
            raise AssertionError("start_response was called twice")
        self._status, self._headers = status, headers
        return self.write

    @property
    def is_failure(self) -> bool:
        """Whether the application called it a failure of its own."""
        return self._status.startswith("5")

    def send(self) -> None:
        """Pass status and headers to the server."""
        if not self.is_sent:
            if not self._status:
                raise AssertionError("the application did not call start_response")
            self.is_sent = True
            self._write = self.start_response(self._status, self._headers)

    def write(self, data: bytes) -> object:
        """Send data at once, the old way of PEP 3333."""
        self.send()
        assert self._write is not None
        return self._write(data)


class Mount:
    """One application behind its guard; `propagate` lets failures through to a debugger.

    `limit` bounds the call and, each for itself, the steps of a body that is made as it is sent.
    """

    def __init__(
        self, starter: Starter, limit: TimeLimit | None = None, *, propagate: bool = False
    ) -> None:
        self.name = starter.name
        self.starter = starter
        self.limit = limit or TimeLimit(math.inf, describe)
        self._propagate = propagate

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        app_name.set(self.name)
        environ["triptych.app"] = self.name
        app = self.starter.app or self.starter.wait_for_app()
        if app is None:
            return answer(environ, start_response, self._unavailable())
        head = Head(start_response)
        try:
            return self._ask(app, environ, head)
        except BaseException as error:  # noqa: BLE001 - SystemExit would end the worker
            return self.rescue(environ, head, error)

    def _ask(self, app: WSGIApplication, environ: WSGIEnvironment, head: Head) -> Iterable[bytes]:
        body = self.limit.call(environ, app, environ, head)
        if "triptych.cut" in environ and head.is_failure:
            # An error handler took what cut it off for an error of its own, such as a query that
            # was aborted. What came whole all the same is sent.
            getattr(body, "close", bool)()
            raise TimeUp
        wrapper = environ.get("wsgi.file_wrapper")
        if isinstance(body, (list, tuple)) or (wrapper and isinstance(body, wrapper)):
            head.send()  # nothing of ours can fail any more; the server sends a file its own way
            return body
        return Body(self, body, environ, head)

    def _unavailable(self) -> Trouble:
        return Trouble(
            503,
            "This part of the site is not available at the moment.",
            (("Retry-After", str(self.starter.retry_after)),),
        )

    def rescue(
        self,
        environ: WSGIEnvironment,
        head: Head,
        error: BaseException,
    ) -> Iterable[bytes]:
        """Turn an error that escaped the application into an answer, or into BrokenAnswer."""
        if self._propagate or _is_for_the_process(error):
            raise error
        is_cut = isinstance(error, TimeUp) or "triptych.cut" in environ
        trouble = TOO_LONG if is_cut else OF_THE_CLIENT.get(type(error), CRASHED)
        if trouble is CRASHED or head.is_sent:
            logger.error("%s failed at %s", self.name, describe(environ), exc_info=error)
        if head.is_sent:
            raise BrokenAnswer(self.name) from error
        head.is_sent = True
        return answer(environ, head.start_response, trouble)


class Body:
    """The body of an answer as the server reads it, with the same guard around each step."""

    def __init__(
        self, mount: Mount, body: Iterable[bytes], environ: WSGIEnvironment, head: Head
    ) -> None:
        self._mount = mount
        self._body = body
        self._chunks: Iterator[bytes] = iter(body)
        self._environ = environ
        self._head = head

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            chunk: bytes | None = self._mount.limit.call(self._environ, next, self._chunks, None)
            if not self._head.is_sent:
                self._head.send()
        except BaseException as error:  # noqa: BLE001 - as above
            self._chunks = iter(self._mount.rescue(self._environ, self._head, error))
            chunk = next(self._chunks, None)
        if chunk is None:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Close the application's body; a failure there is only logged."""
        try:
            if hasattr(self._body, "close"):
                self._mount.limit.call(self._environ, self._body.close)
        except BaseException as error:
            if _is_for_the_process(error):
                raise
            logger.exception("%s failed after %s", self._mount.name, describe(self._environ))


def _is_for_the_process(error: BaseException) -> bool:
    """Whether the error came from outside the application: Ctrl-C, or the server's own end."""
    in_main = threading.current_thread() is threading.main_thread()
    return isinstance(error, GeneratorExit) or (in_main and isinstance(error, KeyboardInterrupt))


def describe(environ: WSGIEnvironment) -> str:
    """Name a request in the log: `GET /api/v1/posts`."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return f"{environ.get('REQUEST_METHOD')} {path.encode('latin-1').decode('utf-8', 'replace')}"
