"""Counting the queries that a piece of work sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from shared.db import Database

NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reading and writing sessions send meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement: str, _parameters, _context, _many) -> None:
        if not statement.lstrip().upper().startswith(NOT_QUERIES):
            sent.append(statement)

    with database.reading() as session:
        reader = session.get_bind()
    engines: list[Engine] = [reader.engine, database.writer.engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
