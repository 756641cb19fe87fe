"""Counting and keeping what a request asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from shared.runtime import Runtime


@contextmanager
def explained(runtime: Runtime) -> Iterator[list[tuple[str, Any]]]:
    """Give the statements that run meanwhile with their values, without BEGIN."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, values))

    engines = (runtime.database._reader, runtime.database._writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Give the statements alone."""
    statements: list[str] = []
    with explained(runtime) as seen:
        yield statements
    statements += [statement for statement, _ in seen]
