"""The database as the rest of the code sees it: sessions that read and sessions that write."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sqlalchemy import inspect, literal, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared import migrations
from shared.engines import make_apart_engine, make_engines
from shared.question import Question, SqliteQuestion, Unanswered
from shared.reading_session import ReadingSession

if TYPE_CHECKING:
    from sqlalchemy import Engine

POOL_SIZE = 8
ROWS_AT_ONCE = 500
PROBE_SECONDS = 1.0
# From here on a connection of one's own changes nothing, not even what is temporary.
ONLY_READ = {
    "sqlite": "PRAGMA query_only=ON",
    "postgresql": "SET TRANSACTION READ ONLY",
}
PROBES = {  # what no answer can be given to without a look at the database
    "sqlite": "SELECT count(*) FROM sqlite_master",
    "postgresql": "SELECT 1",
}


def insert_missing(session: Session, table: Any, **values: Any) -> bool:
    """Insert a row unless one with the same key is there, also when another is just writing it.

    Returns whether the row is new. `table` is a model; columns without a value need a default.
    """
    # Loaded here: only the dialect in use is, and each takes 1 to 2 MB of a worker.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return session.connection().execute(statement.returning(literal(1))).first() is not None


def upsert(
    session: Session,
    table: Any,
    rows: Sequence[Mapping[str, Any]],
    change: Callable[[Any], Mapping[str, Any]],
) -> None:
    """Insert rows, and change those whose primary key is there: `change` gets the new row."""
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")  # as above
    keys = [column.name for column in inspect(table).primary_key]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        statement = dialect.insert(table).values(rows[start : start + ROWS_AT_ONCE])
        known = dict(change(statement.excluded))
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_=known))


class Database:
    """One engine to read and one to write, made on first use and anew after a fork.

    `statement_seconds` is how long PostgreSQL lets a statement take; 0: as long as it does.
    """

    def __init__(
        self,
        url: str,
        *,
        audit_key: bytes,
        pool_size: int = POOL_SIZE,
        statement_seconds: float = 0,
    ) -> None:
        self.url = url
        self._audit_key = audit_key
        self._questions: WeakSet[Question] = WeakSet()  # a thread that ends leaves its own behind
        self._reader, self._writer = make_engines(
            url, pool_size, statement_seconds=statement_seconds
        )
        os.register_at_fork(after_in_child=self._forget_connections)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @property
    def file(self) -> Path | None:
        """The file of an embedded database."""
        return Path(self._writer.url.database or "") if self.dialect == "sqlite" else None

    @property
    def reader(self) -> "Engine":
        """The reading engine."""
        return self._reader.engine

    @property
    def writer(self) -> "Engine":
        """The writing engine, for migrations."""
        return self._writer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database and cannot change it."""
        with ReadingSession(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session for one unit of work, rolled back unless the caller commits.

        Raises DatabaseBusyError when no turn to write comes up within the deadline.
        """
        with Session(
            self._writer, expire_on_commit=False, info={"audit_key": self._audit_key}
        ) as session:
            yield session

    @contextmanager
    def reading_apart(self, prepare: Callable[[Session], None]) -> Iterator[Session]:
        """Give a reading session on a connection of its own, all at one moment of the database.

        `prepare` may make temporary tables and views there; of what is kept nothing can change.
        """
        engine = make_apart_engine(self.url)
        with engine.connect() as connection, Session(connection, autoflush=False) as session:
            prepare(session)
            connection.exec_driver_sql(ONLY_READ[self.dialect])
            yield session

    def question(self, sql: str, *, patience: float) -> Question:
        """Return a question that is asked on a connection of its own; `patience` in seconds."""
        asked: Question
        if self.file is not None:
            asked = SqliteQuestion(self.file, sql, patience)
        else:
            from shared.question_postgres import PostgresQuestion  # noqa: PLC0415 - loads a driver

            asked = PostgresQuestion(self._reader.url, sql, patience)
        self._questions.add(asked)
        return asked

    def drop(self, question: Question) -> None:
        """Close a question that is asked no more."""
        self._questions.discard(question)
        question.close()

    def close(self) -> None:
        """Close every connection."""
        for question in list(self._questions):
            question.close()
        self._reader.dispose()
        self._writer.dispose()

    def revision(self) -> str | None:
        """Return the migration the database stands at, None when it is empty."""
        if self.file is not None and not self.file.exists():
            return None
        with self._reader.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found

    def is_reachable(self) -> bool:
        """Tell whether the database gives an answer, in about three seconds at most."""
        question = self.question(PROBES[self.dialect], patience=PROBE_SECONDS)
        try:
            question.ask()
        except Unanswered:
            return False
        finally:
            self.drop(question)
        return True

    def is_current(self) -> bool:
        """Tell whether the database stands at this code's newest migration."""
        try:
            return self.is_reachable() and self.revision() == migrations.head()
        except DBAPIError:
            return False

    def is_newer_than_code(self) -> bool:
        """Tell whether the database was migrated by a later version of the code."""
        revision = self.revision()
        return revision is not None and revision not in migrations.known()

    def create(self) -> None:
        """Make the file of an embedded database, unless it is there."""
        if self.file is not None:
            self.file.touch(mode=0o660)

    def upgrade(self) -> None:
        """Bring the database to this code's newest migration; a file is made if there is none."""
        self.create()
        migrations.upgrade(self._writer)

    def _forget_connections(self) -> None:
        self._questions.clear()
        self._reader.dispose(close=False)
        self._writer.dispose(close=False)
