"""Counting what a request asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from shared.runtime import Runtime


@contextmanager
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Give the statements that run meanwhile, without those that begin and end a transaction."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement not in {"BEGIN", "BEGIN IMMEDIATE"}:
            seen.append(statement)

    engines: list[Engine] = [runtime.database._reader, runtime.database._writer]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
