"""Engines for reading and for writing, tuned for several workers on one database."""

import json
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from shared.sqlite_driver import load_driver
from shared.time_limit import uninterrupted
from shared.write_gate import WriteGate

BUSY_MILLISECONDS = 5_000
STEPS_BETWEEN_CALLS = 1_000_000  # of SQLite's machine, some milliseconds
PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-250",  # KiB, of each connection; measured no slower than 16 MB
)


def make_engines(
    url: str, pool_size: int, *, statement_seconds: float = 0
) -> tuple[Engine, Engine]:
    """Return the reading and the writing engine for a SQLite or PostgreSQL URL.

    PostgreSQL ends a statement after `statement_seconds`; 0: never.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, pool_size)
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    given = make_url(url).query.get("options", "")
    limit = f"{given} -c statement_timeout={int(statement_seconds * 1000)}".lstrip()
    writer = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=True,
        pool_timeout=5,
        connect_args={"options": limit} if statement_seconds else {},
    )
    reader = writer.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
    return reader, writer


def _sqlite(url: str, pool_size: int) -> tuple[Engine, Engine]:
    driver = load_driver()
    file = Path(make_url(url).database or "")
    options: dict[str, Any] = {
        "module": driver,
        "creator": partial(open_file, driver, file),
        "pool_timeout": 5,
        "json_serializer": partial(json.dumps, ensure_ascii=False),
    }
    reader = create_engine(url, pool_size=pool_size, max_overflow=4, **options)
    writer = create_engine(url, pool_size=1, max_overflow=pool_size, **options)
    event.listen(reader, "connect", _tune_reader)
    event.listen(writer, "connect", _tune)
    event.listen(reader, "begin", _begin)
    for engine in (reader, writer):
        _hold_to_file(engine, file)
    _gate_writes(writer, WriteGate(Path(f"{file}.gate")))
    return reader, writer


def make_apart_engine(url: str) -> Engine:
    """Return an engine whose connections are nobody else's: each is made anew, and closed.

    What is prepared on them cannot meet a temporary table on one that is used again.
    """
    if make_url(url).get_backend_name() == "sqlite":
        driver = load_driver()
        file = Path(make_url(url).database or "")
        opened = partial(open_file, driver, file)
        engine = create_engine(url, module=driver, creator=opened, poolclass=NullPool)
        event.listen(engine, "connect", _tune)
        event.listen(engine, "begin", _begin)
        return engine
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")


def open_file(driver: ModuleType, file: Path) -> Any:
    """Open a database that is there; one that is gone is never replaced by an empty one."""
    address = f"file:{quote(str(file))}?mode=rw"
    return driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)


def identity(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name, None when there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _hold_to_file(engine: Engine, file: Path) -> None:
    """Give up connections whose file was removed or replaced: they would write into nothing."""

    def connect(_: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["file"] = identity(file)

    def checkout(_: Any, entry: ConnectionPoolEntry, __: Any) -> None:
        if entry.info["file"] != identity(file):
            raise DisconnectionError("the database's file was removed or replaced")

    event.listen(engine, "connect", connect)
    event.listen(engine, "checkout", checkout)


def _tune(connection: Any, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    connection.set_progress_handler(_go_on, STEPS_BETWEEN_CALLS)


def _go_on() -> int:
    """Let a statement go on; what the time limit raised in this thread is raised here, and ends it.

    Without a function of Python's, a query that never ends would never hear of it.
    """
    return 0


def _tune_reader(connection: Any, entry: ConnectionPoolEntry) -> None:
    _tune(connection, entry)
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    connection.connection.cursor().execute("BEGIN")  # 20 µs less than by SQLAlchemy's own way


def _gate_writes(engine: Engine, gate: WriteGate) -> None:
    """Hold the gate from the first statement until the connection returns to the pool."""

    def begin(connection: Connection) -> None:
        info = connection.connection.info
        if "gate" not in info:
            with uninterrupted():  # cut off in between, nobody would give the gate back
                gate.acquire()
                info["gate"] = gate
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def checkin(_: Any, entry: ConnectionPoolEntry) -> None:
        with uninterrupted():
            if entry.info.pop("gate", None) is not None:
                gate.release()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", checkin)
