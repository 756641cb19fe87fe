"""Tells how this process answered: others every ten seconds, the log every five minutes.

Nothing of it happens in a request: one thread for all stores of the process writes it down.
"""

import atexit
import logging
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final
from weakref import WeakSet

from frontend.pagestore.copies import Copies
from frontend.pagestore.shelf import Shelf
from shared.clock import Clock
from shared.page_counts import (
    EVERY_SECONDS,
    WAYS,
    Counts,
    Holding,
    PageCounts,
    own_file,
    write_counts,
)

logger = logging.getLogger(__name__)

TELL_SECONDS: Final = 300.0


class Counting:
    """Counts the answers of a store and says so in `folder` and in the log."""

    def __init__(self, folder: Path, shelf: Shelf, copies: Copies | None, clock: Clock) -> None:
        self._folder = folder
        self._shelf = shelf
        self._copies = copies
        self._clock = clock
        self._is_over = False
        self.start_anew()
        counts = PageCounts(self._begin)
        self.add = counts.add
        self.ways = counts.ways

    def start_anew(self) -> None:
        """Forget what was told: this is another process."""
        self._turn = threading.Lock()
        self._seen: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._told_at: float | None = None
        self._left: Counts | None = None
        self._is_written = True
        self._stale_at = ""

    def _begin(self) -> None:
        if self._is_over:
            return
        if self._told_at is None:
            self._told_at = time.monotonic()
        _rounds.join(self)

    def mark(self, at: float) -> None:
        """Write down what is new, at an instant of `time.monotonic`."""
        with self._turn:
            if self._is_over or self._told_at is None:
                return
            ways = self.ways()
            if ways.get("stale", 0) != self._seen.get("stale", 0):
                self._stale_at = self._clock().isoformat()
            self._seen = ways
            self._leave(self._about(ways))
            if at - self._told_at >= TELL_SECONDS:
                self._tell(ways, at - self._told_at)
                self._told_at = at

    def end(self, at: float) -> None:
        """Tell the log what it does not know yet, and others nothing more."""
        with self._turn:
            if self._told_at is not None and not self._is_over:
                self._tell(self.ways(), at - self._told_at)
                with suppress(OSError):
                    own_file(self._folder).unlink()
            self._is_over = True

    def _leave(self, counts: Counts) -> None:
        """Write the counts if they changed, the copies among them, which others make too."""
        try:
            if counts != self._left or not own_file(self._folder).exists():
                write_counts(self._folder, counts)
                self._left = counts
            else:
                os.utime(own_file(self._folder))
        except OSError as error:
            if self._is_written:  # said once, not every ten seconds
                logger.warning("the counts of pages cannot be written: %s", error.strerror)
            self._is_written = False
        else:
            self._is_written = True

    def _about(self, ways: dict[str, int]) -> Counts:
        copies = self._copies
        return Counts(
            ways=ways,
            memory=Holding(**self._shelf.counts()),
            copies=Holding(**copies.counts()) if copies else None,
            is_failing=copies.is_failing if copies else False,
            stale_at=self._stale_at,
        )

    def _tell(self, ways: dict[str, int], seconds: float) -> None:
        since = {way: ways.get(way, 0) - self._told.get(way, 0) for way in WAYS}
        self._told = ways
        if any(since.values()):
            parts = ", ".join(f"{count} {way}" for way, count in since.items() if count)
            logger.info("%d pages in %.0f s: %s", sum(since.values()), seconds, parts)


class Rounds:
    """The thread that goes round the stores of this process; it begins with the first answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stores: WeakSet[Counting] = WeakSet()
        self._is_going = False
        os.register_at_fork(after_in_child=self._start_anew)
        atexit.register(self.end)

    def _start_anew(self) -> None:
        for counting in list(self._stores):
            counting.start_anew()
        self._lock = threading.Lock()
        self._stores = WeakSet()
        self._is_going = False

    def join(self, counting: Counting) -> None:
        """Look after a store too, for as long as it lives."""
        with self._lock:
            self._stores.add(counting)
            if not self._is_going:
                with suppress(RuntimeError):  # no thread to be had: the next answer tries again
                    threading.Thread(target=self._go, name="page counts", daemon=True).start()
                    self._is_going = True

    def end(self) -> None:
        """Tell what is not told yet."""
        for counting in self._list():
            counting.end(time.monotonic())

    def _list(self) -> list[Counting]:
        with self._lock:
            return list(self._stores)

    def _go(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self._mark()
            except Exception:  # the next round may well succeed
                logger.exception("the counts of pages were not written")
            pause.wait(EVERY_SECONDS)

    def _mark(self) -> None:
        for counting in self._list():
            counting.mark(time.monotonic())


_rounds = Rounds()
