"""Creates one application when it is first needed, apart from all others, and again if it fails."""

import logging
import math
import threading
import time
from collections.abc import Callable
from typing import Literal
from wsgiref.types import WSGIApplication

from shared.log_context import app_name

logger = logging.getLogger(__name__)

State = Literal["up", "starting", "down"]
LONGEST_PAUSE = 60.0
# A thread that hangs cannot be ended; with so many left behind, wait for one of them.
MOST_LEFT_BEHIND = 3


class Attempt:
    """One try at creating the application, in a thread of its own."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.is_over = threading.Event()


class Starter:
    """Holds one application, or creates it; a failed try is repeated after 1, 2, 4 … 60 seconds.

    `patience` is how many seconds a request waits for it; `clock` counts seconds.
    """

    def __init__(
        self,
        name: str,
        create: Callable[[], WSGIApplication],
        *,
        patience: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.app: WSGIApplication | None = None
        self._create = create
        self._patience = patience
        self._clock = clock
        self._lock = threading.Lock()
        self._attempt: Attempt | None = None
        self._left_behind = 0
        self._failures = 0
        self._retry_at = 0.0

    @property
    def state(self) -> State:
        """Whether the application is up, down, or still on its first try."""
        if self.app is not None:
            return "up"
        return "down" if self._failures else "starting"

    @property
    def retry_after(self) -> int:
        """Whole seconds until it is worth asking again, at least one."""
        return max(1, math.ceil(min(self._retry_at - self._clock(), LONGEST_PAUSE)))

    def begin(self) -> Attempt | None:
        """Start a try if one is due; returns the one in progress; never waits."""
        with self._lock:
            attempt = self._attempt
            if attempt is not None and self._clock() - attempt.began >= self._patience:
                self._leave_behind(attempt)
            if self._is_due():
                self._attempt = Attempt(self._clock())
                self._launch(self._attempt)
            return self._attempt

    def wait_for_app(self) -> WSGIApplication | None:
        """Return the application, creating it now if need be; None when it is not to be had."""
        attempt = self.begin()
        if attempt is not None and not attempt.is_over.wait(self._patience):
            with self._lock:
                if attempt is self._attempt:
                    self._leave_behind(attempt)
        return self.app

    def _is_due(self) -> bool:
        return (
            self.app is None
            and self._attempt is None
            and self._left_behind < MOST_LEFT_BEHIND
            and self._clock() >= self._retry_at
        )

    def _launch(self, attempt: Attempt) -> None:
        thread = threading.Thread(
            target=self._run, args=(attempt,), name=f"start-{self.name}", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:  # no more threads to be had
            logger.exception("%s did not start", self.name)
            self._attempt = None
            self._fail()

    def _run(self, attempt: Attempt) -> None:
        app_name.set(self.name)
        app = None
        try:
            app = self._create()
            if not callable(app):
                raise TypeError(f"its factory returned {app!r}, which is no application")  # noqa: TRY301 - logged like the rest
        except BaseException:  # SystemExit too: it is this application's trouble, not the server's
            app = None
            logger.exception("%s did not start", self.name)
        with self._lock:
            self._settle(attempt, app)
        attempt.is_over.set()

    def _settle(self, attempt: Attempt, app: WSGIApplication | None) -> None:
        is_current = attempt is self._attempt
        if is_current:
            self._attempt = None
        else:
            self._left_behind -= 1
        if app is None:
            if is_current:
                self._fail()
        elif self.app is None:
            logger.info("%s is up", self.name)
            self.app, self._failures = app, 0

    def _leave_behind(self, attempt: Attempt) -> None:
        logger.error("%s did not start within %g s", self.name, self._patience)
        self._attempt = None
        self._left_behind += 1
        self._fail()
        attempt.is_over.set()

    def _fail(self) -> None:
        pause = min(2.0 ** min(self._failures, 6), LONGEST_PAUSE)
        self._failures += 1
        self._retry_at = self._clock() + pause
