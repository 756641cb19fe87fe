"""Brings copies of pages to disk in the background, so that no visitor waits for it."""

import logging
import os
import queue
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from frontend.pagestore.copies import Copies
from frontend.pagestore.page import Page
from shared.db import Database
from shared.models.stamps import EVERYTHING, stamps_of

logger = logging.getLogger(__name__)

MOST_WAITING: Final = 512  # pages; while so many wait, further ones are not copied
AT_ONCE: Final = 32


@dataclass(frozen=True, slots=True)
class Change:
    """What was touched, None for everything, by which version."""

    keys: Collection[str] | None
    number: int


Made = tuple[str, Page]


class Archivist:
    """A thread, begun with the first task, that writes copies and removes those out of date."""

    def __init__(self, copies: Copies, database: Database) -> None:
        self._copies = copies
        self._database = database
        self._start_anew()
        os.register_at_fork(after_in_child=self._start_anew)

    def _start_anew(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._tasks: queue.SimpleQueue[Made | Change | None] = queue.SimpleQueue()

    def keep(self, address: str, page: Page) -> None:
        """Have a page copied, if there is time for it."""
        if self._tasks.qsize() < MOST_WAITING:
            self._add((address, page))

    def forget(self, keys: Collection[str] | None, number: int) -> None:
        """Have the copies removed that hang on one of the keys and are older than a version."""
        self._add(Change(keys, number))

    def finish(self) -> None:
        """Wait until everything is on disk, and end the thread."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._tasks.put(None)
            thread.join()

    def _add(self, task: Made | Change) -> None:
        self._tasks.put(task)
        with self._lock:
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="pages", daemon=True)
                with suppress(RuntimeError):  # no thread to be had: the next task tries again
                    thread.start()
                    self._thread = thread

    def _work(self) -> None:
        made: list[Made] = []
        while True:
            task = self._tasks.get()
            if isinstance(task, tuple):
                made.append(task)
                if len(made) < AT_ONCE and not self._tasks.empty():
                    continue
            try:
                self._do(made, task)
            except Exception:  # the next task may well succeed, and nobody else does them
                logger.exception("copies of pages were not written")
            if task is None:
                return
            made = []

    def _do(self, made: list[Made], task: Made | Change | None) -> None:
        """Copy what was made up to a task, then do that."""
        if made:
            self._write(made)
        if isinstance(task, Change):
            self._copies.forget(self._numbers(task))

    def _numbers(self, change: Change) -> Mapping[str, int]:
        """Return which copies go: those that hang on a key and are older than its number.

        Another process may have made a copy after a change that this one notices only now.
        """
        if change.keys is not None:
            with suppress(SQLAlchemyError), self._database.reading() as session:
                return stamps_of(session, change.keys)
        return dict.fromkeys(change.keys or (EVERYTHING,), change.number)

    def _write(self, made: list[Made]) -> None:
        """Copy the pages that are still right, each with its stamps."""
        keys = {key for _, page in made for key in page.keys or ()}
        try:
            with self._database.reading() as session:
                stamps = stamps_of(session, keys)
        except SQLAlchemyError:
            return  # without the database nobody knows what is right
        right = [
            (address, page, stamps)
            for address, page in made
            if all(stamps.get(key, 0) <= page.number for key in page.keys or ())
        ]
        if right:
            self._copies.keep(right)
