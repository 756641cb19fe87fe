"""An end to work that takes too long, for servers whose threads have none.

One watchdog thread a process looks after every call made by `TimeLimit.call`. When a call's time is
up it raises `TimeUp` inside that thread (`PyThreadState_SetAsyncExc`). The two sides meet at one
dictionary: whoever pops the work from `_running` owns its end. If the watchdog was first, the
thread waits for the lock and takes back what was not yet delivered, so that no exception can reach
the next request of that thread.

The order of steps matters: CPython delivers behind calls, at the start of functions and at jumps
back, never between a `with lock` and its block.
"""

import ctypes
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from shared.log_context import app_name, request_id

if TYPE_CHECKING:
    from types import FrameType

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
AGAIN_SECONDS = 5.0  # code that swallowed the exception gets the next one after so long
LOG_SECONDS = 2.0
LONGEST_TICK = 1.0  # seconds; a limit is kept to this precision

_set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc
_get_ident = threading.get_ident
_monotonic = time.monotonic


class TimeUp(BaseException):
    """Work was cut off; no `except Exception` on the way may take it for an error of its own."""


class Work:
    """One call in progress: by which limit, its thread, when its time is up, what it is about."""

    __slots__ = ("about", "deadline", "ident", "limit")

    def __init__(
        self, limit: "TimeLimit", ident: int, deadline: float, about: dict[str, Any]
    ) -> None:
        self.limit = limit
        self.ident = ident
        self.deadline = deadline
        self.about = about


_running: dict[Work, None] = {}
_cut: dict[Work, float] = {}  # what was cut off and has not ended yet: when to say so again
_shielded: set[int] = set()
_lock = threading.Lock()  # held to raise in a thread, and to take that back


class TimeLimit:
    """Lets each call take `seconds`; `describe` names what a call is about in the log.

    `after_cut` is called soon after something was cut off, in the watchdog's thread, again and
    again until it returns True: the server may want to replace this process.
    """

    def __init__(self, seconds: float, describe: Callable[[dict[str, Any]], str]) -> None:
        self.seconds = seconds
        self.after_cut: Callable[[], bool] = bool
        self._describe = describe
        self._tick = min(LONGEST_TICK, seconds / 4)
        self._starting = threading.Lock()
        self._watchdog: threading.Thread | None = None
        self._is_cut = False
        os.register_at_fork(after_in_child=self._start_anew)

    def call(
        self, about: dict[str, Any], function: Callable[..., Result], /, *arguments: Any
    ) -> Result:
        """Call a function; raises TimeUp inside it when it takes too long.

        `about["triptych.cut"]` is then true, whatever the function made of the exception.
        """
        if self._watchdog is None:
            self._start()
        work = Work(self, _get_ident(), _monotonic() + self.seconds, about)
        _running[work] = None
        try:
            return function(*arguments)
        finally:
            try:
                if _running.pop(work, work) is work:
                    _settle(work)
            except TimeUp:  # delivered just here: what the function returned or raised stands
                try:
                    _settle(work)
                except TimeUp:
                    _settle(work)

    def look(self, now: float) -> None:
        """Cut off every call whose time is up at `now` on the monotonic clock."""
        for work in list(_running):
            if work.limit is self and work.deadline <= now:
                self._cut_off(work, now)
        for work, again in list(_cut.items()):
            if work.limit is self and again <= now:
                _raise_again(work, now)
        if self._is_cut and self.after_cut():
            self._is_cut = False

    def _cut_off(self, work: Work, now: float) -> None:
        with _lock:
            if work.ident in _shielded or work.deadline > now:
                return  # it gets its turn when it is free again
            if _running.pop(work, work) is work:
                return  # it has just ended
            stack = _stack_of(work.ident)
            work.about["triptych.cut"] = True
            _cut[work] = now + AGAIN_SECONDS
            self._is_cut = True
            _raise_in(work.ident)
        # The work may have left a lock behind, even that of the log: do not wait for it for long.
        report = threading.Thread(target=self._log, args=(work, stack), daemon=True)
        report.start()
        report.join(LOG_SECONDS)

    def _log(self, work: Work, stack: traceback.StackSummary) -> None:
        request_id.set(work.about.get("triptych.request_id", "-"))
        app_name.set(work.about.get("triptych.app", ""))
        message = "Cut off after %g s: %s"
        arguments = (self.seconds, self._describe(work.about))
        where = "".join(stack.format()).rstrip()
        record = logger.makeRecord(
            logger.name, logging.ERROR, __file__, 0, message, arguments, None, sinfo=where
        )
        logger.handle(record)

    def _start(self) -> None:
        with self._starting:
            if self._watchdog is None:
                thread = threading.Thread(target=self._watch, name="time-limit", daemon=True)
                thread.start()
                self._watchdog = thread

    def _watch(self) -> None:
        while True:
            time.sleep(self._tick)
            try:
                self.look(_monotonic())
            except Exception:
                logger.exception("The time limit failed")

    def _start_anew(self) -> None:
        """In a child: there is no watchdog, and no work of the parent's other threads."""
        self._starting = threading.Lock()
        self._watchdog = None
        _forget()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let nothing be cut off in this thread for a moment; the moment does not count.

    For steps that must not be torn apart, such as taking a lock, and for waiting on the client.
    """
    ident, began = _get_ident(), _monotonic()
    with _lock:
        was_shielded = ident in _shielded
        _shielded.add(ident)
    # What was raised before is delivered behind that block; from here on nothing is raised.
    try:
        yield
    finally:
        spent = _monotonic() - began
        for work in list(_running):
            if work.ident == ident:
                work.deadline += spent
        if not was_shielded:
            _shielded.discard(ident)


def _settle(work: Work) -> None:
    """Take back what the watchdog raised and nobody received yet."""
    with _lock:
        _set_exception(ctypes.c_ulong(work.ident), None)
        _cut.pop(work, None)
        _shielded.discard(work.ident)


def _raise_again(work: Work, now: float) -> None:
    with _lock:
        if work in _cut and work.ident not in _shielded:
            _cut[work] = now + AGAIN_SECONDS
            _raise_in(work.ident)


def _raise_in(ident: int) -> None:
    _set_exception(ctypes.c_ulong(ident), ctypes.py_object(TimeUp))


def _stack_of(ident: int) -> traceback.StackSummary:
    """Return where a thread is; its source lines are read later, when it is shown."""
    frame: FrameType | None = sys._current_frames().get(ident)  # noqa: SLF001 - the only way to see another thread
    steps = list(traceback.walk_stack(frame)) if frame else []
    steps.reverse()
    return traceback.StackSummary.extract(iter(steps), lookup_lines=False)


def _forget() -> None:
    global _lock  # noqa: PLW0603 - the parent may have held it at the fork
    _lock = threading.Lock()
    _running.clear()
    _cut.clear()
    _shielded.clear()
