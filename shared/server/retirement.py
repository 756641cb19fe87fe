"""A worker in which something was cut off ends in good order, and a fresh one takes its place.

What was torn apart may have left a lock behind. Workers of an instance go one at a time, so that
another always answers, and none goes in its first minute, so that a flood of slow requests cannot
keep them all busy with starting.
"""

import fcntl
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

logger = logging.getLogger(__name__)

LOCK = "retiring.lock"


class Retirement:
    """Called as often as you like; ends the worker by `end` when it is its turn, then says True."""

    least_age = 60.0  # seconds

    def __init__(self, instance: Path, end: Callable[[], None]) -> None:
        self._path = instance / LOCK
        self._end = end
        self._not_before = time.monotonic() + self.least_age
        self._handle = -1

    def __call__(self) -> bool:
        """Tell whether the worker is ending now; the system frees its turn when it has ended."""
        if self._handle >= 0:
            return True
        if time.monotonic() < self._not_before:
            return False
        handle = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        self._end()
        logger.warning("A request was cut off: this worker ends, another takes its place")
        return True

    def release(self) -> None:
        """Give the turn back, for a process that goes on living."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
