"""Asks the database one question, as fast as can be: which version is the content at?"""

import os
import threading
import time
from typing import Final

from shared.db import Database
from shared.models.stamps import VERSION
from shared.question import Question, Unanswered

# How long to wait for an answer; visitors are then shown the page as it was.
PATIENCE: Final = {"sqlite": 0.25, "postgresql": 0.75}
PROBE_SECONDS: Final = 0.1  # how long a visitor waits to hear whether the database is back


class Unreachable(Exception):
    """The database gives no answer now."""


class Probe:
    """An attempt to reach the database that nobody has to wait for to the end."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.is_over = threading.Event()
        self.is_good = False


class Watch:
    """One kept connection for each thread, which never takes part in a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._patience = PATIENCE[database.dialect]
        self._start_anew()
        os.register_at_fork(after_in_child=self._start_anew)

    def _start_anew(self) -> None:
        self._kept = threading.local()
        self._lock = threading.Lock()
        self._probe: Probe | None = None
        self._is_down = False

    def version(self) -> int:
        """Return the version of what is committed; raises Unreachable."""
        try:
            if not self._is_down:
                return self._ask()
        except Unanswered:
            pass  # a connection may have ended while the database is well: look anew
        self._wait_for_probe()
        try:
            return self._ask()
        except Unanswered as error:
            self._is_down = True
            raise Unreachable from error

    def _ask(self) -> int:
        try:
            question: Question = self._kept.question
        except AttributeError:
            question = self._database.question(VERSION, patience=self._patience)
            self._kept.question = question
        return question.ask()

    def _wait_for_probe(self) -> None:
        """Return when the database answers; raises Unreachable when it did not since we came."""
        came = time.monotonic()
        until = came + (PROBE_SECONDS if self._is_down else self._patience)
        while True:
            probe = self._join_probe()
            is_over = probe.is_over.wait(max(0.0, until - time.monotonic()))
            if is_over and probe.is_good:
                return
            if not is_over or probe.began >= came:
                self._is_down = True
                raise Unreachable

    def _join_probe(self) -> Probe:
        with self._lock:
            probe = self._probe
            if probe is None or probe.is_over.is_set():
                probe = Probe()
                try:
                    threading.Thread(target=self._look, args=(probe,), daemon=True).start()
                except RuntimeError as error:  # no more threads to be had: the next one tries
                    raise Unreachable from error
                self._probe = probe
            return probe

    def _look(self, probe: Probe) -> None:
        question = self._database.question(VERSION, patience=self._patience)
        try:
            question.ask()
        except Unanswered:
            self._is_down = True
        else:
            probe.is_good = True
            self._is_down = False
        finally:
            self._database.drop(question)
            probe.is_over.set()
