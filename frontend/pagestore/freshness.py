"""Keeps the shelf right: what was committed, or came due, is gone from it before a page is read.

A request asks for the database's version and the time. While neither has moved, every kept page
is right; if one has, the few keys that were touched since are read, and their pages dropped.
"""

import logging
import threading
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontend.pagestore.shelf import Shelf
from frontend.pagestore.watch import Unreachable, Watch
from shared.clock import Clock
from shared.db import Database
from shared.models import stamps
from shared.models.reads import BEGINNING, END

logger = logging.getLogger(__name__)

Changes = AbstractSet[str] | None  # the keys that were touched, None for everything

FRAME: Final = frozenset({"site", "pages", stamps.EVERYTHING})
MOST_KEYS: Final = 5_000  # beyond these, dropping everything is the smaller work
MOST_POSTS: Final = 500


@dataclass(frozen=True, slots=True)
class State:
    """What the shelf is right for: a version, and the time from `since` up to `until`.

    `at` is an instant between the two. In `kept` renderings share what stands on every page; it
    lives on from state to state until something of FRAME changes.
    """

    number: int
    since: datetime
    until: datetime
    at: datetime
    kept: dict[str, Any] = field(default_factory=dict)

    def holds(self, number: int, now: datetime) -> bool:
        """Tell whether nothing has changed and nothing came due."""
        return number == self.number and self.since <= now < self.until


NEVER: Final = State(-1, END, BEGINNING, BEGINNING)


class Freshness:
    """Compares the shelf with the database before each answer; `listeners` are told what changed,
    and by which version.
    """

    def __init__(self, database: Database, clock: Clock, shelf: Shelf) -> None:
        self._database = database
        self._clock = clock
        self._shelf = shelf
        self._watch = Watch(database)
        self._lock = threading.Lock()
        self._is_down = False
        self.state = NEVER
        self.listeners: list[Callable[[Changes, int], None]] = []

    def check(self) -> State:
        """Bring the shelf up to date and return what it is right for; raises Unreachable."""
        try:
            number = self._watch.version()
            state = self.state
            if not state.holds(number, self._clock()):
                state = self._advance()
        except Unreachable:
            self._tell(is_down=True)
            raise
        if self._is_down:
            self._tell(is_down=False)
        return state

    def _advance(self) -> State:
        with self._lock:
            try:
                number, now = self._watch.version(), self._clock()
                if self.state.holds(number, now):  # another thread was first
                    return self.state
                with self._database.reading() as session:
                    number = stamps.read_version(session)
                    keys = self._changes(session, number, now)
                    since, until = stamps.bounds(session, now)
            except SQLAlchemyError as error:
                raise Unreachable from error
            is_known = keys is not None and stamps.EVERYTHING not in keys
            self._shelf.forget(keys if is_known else None)
            if self.state is not NEVER:
                for tell in self.listeners:
                    tell(keys, number)
            is_same = keys is not None and FRAME.isdisjoint(keys)
            kept = self.state.kept if is_same else {}
            self.state = State(number, since or BEGINNING, until or END, now, kept)
            return self.state

    def _changes(self, session: Session, number: int, now: datetime) -> Changes:
        """Return the keys that were touched since the present state, None when nobody knows."""
        state = self.state
        if state is NEVER or number < state.number:
            return None
        written = stamps.keys_since(session, state.number, limit=MOST_KEYS)
        earlier, later = sorted((state.at, now))  # a clock may be set back
        due = stamps.keys_passed(session, earlier, later, limit=MOST_POSTS)
        if written is None or due is None:
            return None
        return written | due

    def _tell(self, *, is_down: bool) -> None:
        """Say once that the database is gone, and once that it is back."""
        if is_down is self._is_down:
            return
        self._is_down = is_down
        if is_down:
            logger.error("the database does not answer; pages are shown as they were")
        else:
            logger.warning("the database answers again; pages are fresh")
