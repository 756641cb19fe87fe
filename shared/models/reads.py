"""Every read of content says what it read, so that a finished page knows when it is out of date.

The keys are those that the database stamps when content changes: see `touches`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Engine, Executable, event
from sqlalchemy.orm import Session

BEGINNING: Final = datetime.min.replace(tzinfo=UTC)
END: Final = datetime.max.replace(tzinfo=UTC)
Keys = Collection[str] | Callable[[Sequence[Any]], Iterable[str]]


class Reads:
    """What was read meanwhile: `keys`, and the statements that went `past` the record.

    What is made of it is right from `since` up to `until`, as long as nothing changes.
    """

    __slots__ = ("is_open", "keys", "past", "since", "until")

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.past: list[str] = []
        self.since, self.until = BEGINNING, END
        self.is_open = False  # while a statement runs whose keys are known


_current: ContextVar[Reads | None] = ContextVar("reads", default=None)


@contextmanager
def recorded() -> Iterator[Reads]:
    """Collect what is read meanwhile in this thread."""
    reads = Reads()
    token = _current.set(reads)
    try:
        yield reads
    finally:
        _current.reset(token)


def read(
    session: Session, statement: Executable, values: Mapping[str, Any], *, of: Keys
) -> Sequence[Any]:
    """Return the rows of a statement of columns and record what it read.

    `of` gives the keys whose stamps tell that the rows are no longer right: those of the rows,
    and those of the list that they are, or the keys of an absence. It may be made from the rows.
    """
    reads = _current.get()
    if reads is None:
        return session.connection().execute(statement, values).all()
    reads.is_open = True
    try:
        rows = session.connection().execute(statement, values).all()
    finally:
        reads.is_open = False
    reads.keys.update(of(rows) if callable(of) else of)
    return rows


def note(keys: Iterable[str]) -> None:
    """Record keys of what is already at hand from an earlier read."""
    reads = _current.get()
    if reads is not None:
        reads.keys.update(keys)


def note_turn(at: datetime, *, now: datetime) -> None:
    """Record that what is shown changes at an instant by itself."""
    reads = _current.get()
    if reads is None:
        return
    if now < at:
        reads.until = min(reads.until, at)
    else:
        reads.since = max(reads.since, at)


def watch(engine: Engine) -> None:
    """Notice statements on an engine that run past `read` while someone records."""

    @event.listens_for(engine, "before_cursor_execute")
    def check(
        _connection: Any, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool
    ) -> None:
        reads = _current.get()
        if reads is not None and not reads.is_open:
            reads.past.append(statement)
