"""One writer at a time on an embedded database, in turn rather than by collision.

SQLite's own waiting is a lottery of sleeps; a thread lock and then a file lock in front of
`BEGIN IMMEDIATE` keep the wait short and fair enough under many writers.
"""

import fcntl
import os
import threading
import time
from pathlib import Path

DEADLINE_SECONDS = 5.0
STEP_SECONDS = 0.001


class DatabaseBusyError(RuntimeError):
    """No turn to write came up within the deadline; trying again later may help."""


class WriteGate:
    """A lock among the threads of a process, then among the processes of an instance."""

    def __init__(self, path: Path, *, deadline: float = DEADLINE_SECONDS) -> None:
        self._path = path
        self._deadline = deadline
        self._turn = threading.Lock()
        self._handle = -1
        os.register_at_fork(after_in_child=self._start_anew)

    def acquire(self) -> None:
        """Wait for a turn; raises DatabaseBusyError after the deadline."""
        until = time.monotonic() + self._deadline
        if not self._turn.acquire(timeout=self._deadline):
            raise DatabaseBusyError("the database is busy: no turn to write within the deadline")
        try:
            if self._handle < 0:
                self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o660)
            self._lock_file(until)
        except BaseException:
            self._turn.release()
            raise

    def release(self) -> None:
        """Let the next writer in."""
        fcntl.flock(self._handle, fcntl.LOCK_UN)
        self._turn.release()

    def _start_anew(self) -> None:
        """Give up, in a child, what it shares with its parent: the lock and the open file."""
        self._turn = threading.Lock()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _lock_file(self, until: float) -> None:
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise DatabaseBusyError(
                        "the database is busy: another process keeps writing"
                    ) from error
                time.sleep(STEP_SECONDS)
            else:
                return
