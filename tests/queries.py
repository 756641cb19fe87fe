"""Counting the queries that a piece of work sends to the database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from shared.db import Database

NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """Collect the statements that sessions of this thread send meanwhile."""
    sent: list[str] = []
    here = threading.get_ident()

    def note(_connection, _cursor, statement: str, _parameters, _context, _many) -> None:
        if threading.get_ident() == here and not statement.lstrip().upper().startswith(NOT_QUERIES):
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
