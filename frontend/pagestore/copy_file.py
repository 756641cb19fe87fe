"""The database file that copies of pages lie in; it may be lost, locked or damaged at any time."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import brotli

from shared.engines import identity
from shared.sqlite_driver import load_driver

logger = logging.getLogger(__name__)
Found = TypeVar("Found")

FORMAT: Final = 2  # of this file; another one is thrown away
PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",  # a crash may take the last copies, never the file
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-500",
    "PRAGMA journal_size_limit=4000000",
)
SCHEMA: Final = (
    """CREATE TABLE copy (
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE,
        build TEXT NOT NULL,
        number INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        since TEXT NOT NULL,
        until TEXT NOT NULL,
        status TEXT NOT NULL,
        headers TEXT NOT NULL,
        stamps TEXT NOT NULL,
        coding TEXT NOT NULL,
        body BLOB NOT NULL
    )""",
    """CREATE TABLE copy_key (
        key TEXT NOT NULL,
        copy_id INTEGER NOT NULL REFERENCES copy (id) ON DELETE CASCADE,
        PRIMARY KEY (key, copy_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_copy_key_copy_id ON copy_key (copy_id)",
    f"PRAGMA user_version={FORMAT}",
)


class CopyFile:
    """One connection to the file, for one thread at a time; no failure of the disk is raised.

    `patience` is how many milliseconds to wait for a lock. With `makes` the file is made where
    there is none.
    """

    def __init__(self, file: Path, *, patience: int, makes: bool) -> None:
        self._file = file
        self._patience = patience
        self._makes = makes
        self._driver = load_driver()
        self._lock = threading.Lock()
        self._connection: Any = None
        self._identity: tuple[int, int] | None = None
        self.is_told = False

    def use(self, work: Callable[[Any], Found]) -> Found | None:
        """Do some work with the connection; return None when the file cannot be used.

        One that is damaged is thrown away and begun anew.
        """
        with self._lock:
            try:
                if self._identity != identity(self._file):  # another process threw it away
                    self._close()
                if self._connection is None and (self._makes or self._file.exists()):
                    self._connection = self._open()
                    self._identity = identity(self._file)
                if self._connection is None:
                    return None
                return work(self._connection)
            except self._driver.OperationalError as error:  # full, locked, not to be written
                self._tell(error)
                self._close()
            except (self._driver.DatabaseError, ValueError, brotli.error) as error:
                logger.warning("the copies of pages are damaged and thrown away: %s", error)
                self._throw_away()
            except OSError as error:
                self._tell(error.strerror)
            except BaseException:
                self._close()  # it may be within a transaction, for which all others would wait
                raise
        return None

    def clear(self) -> None:
        """Throw the file away."""
        with self._lock:
            self._throw_away()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._close()

    def _tell(self, reason: object) -> None:
        """Say why there are no copies, once until `is_told` is taken back."""
        if not self.is_told:
            logger.warning("no copies of pages: %s", reason)
        self.is_told = True

    def _open(self) -> Any:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = self._driver.connect(
            str(self._file), isolation_level=None, check_same_thread=False
        )
        connection.execute(f"PRAGMA busy_timeout={self._patience}")
        if self._makes:
            self._prepare(connection)
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == FORMAT:
            return connection
        connection.close()
        if not found:  # someone is just making it
            return None
        raise ValueError(f"format {found}")

    def _prepare(self, connection: Any) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            for statement in SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _throw_away(self) -> None:
        self._close()
        try:
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            self._tell(error.strerror)
