"""One question to the database, asked again and again on a connection apart from the pool.

Whoever asks waits for an answer only so long: a lock or a server that hangs holds nobody up.
"""

import os
from pathlib import Path
from typing import Any

from shared.engines import open_file
from shared.sqlite_driver import load_driver


class Unanswered(Exception):
    """The database gave no answer in time, or none that is one."""


class Question:
    """Asks a statement that gives one number; for one thread at a time.

    `patience` is how many seconds to wait for a lock, or for a server that is connected.
    """

    def __init__(self, sql: str, patience: float) -> None:
        self._sql = sql
        self._patience = patience
        self._connection: Any = None
        self._process = os.getpid()

    def __del__(self) -> None:
        """Close the connection of a thread that has ended; never that of a forked parent."""
        if self._process == os.getpid():
            self.close()

    def ask(self) -> int:
        """Return the answer as of now; raises Unanswered."""
        raise NotImplementedError  # each kind of database has its own

    def close(self) -> None:
        """Close the connection; the next asking opens one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class SqliteQuestion(Question):
    """Asks a file, and the file of now: another one may take its place."""

    def __init__(self, file: Path, sql: str, patience: float) -> None:
        super().__init__(sql, patience)
        self._driver = load_driver()
        self._path = str(file)
        self._identity = (0, 0)
        self._cursor: Any = None

    def ask(self) -> int:
        """Return the answer as of now; raises Unanswered."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - a third of what Path.stat costs, each time
            identity = (found.st_dev, found.st_ino)
            if identity != self._identity:
                self._open(identity)
            number = int(self._cursor.execute(self._sql).fetchone()[0])
        except (self._driver.Error, OSError, TypeError) as error:
            # A lock will go, and the connection is good; anything else needs another one.
            if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                self.close()
            raise Unanswered from error
        return number

    def close(self) -> None:
        """Close the connection; the next asking opens one."""
        self._identity = (0, 0)
        super().close()

    def _open(self, identity: tuple[int, int]) -> None:
        self.close()
        self._connection = open_file(self._driver, Path(self._path))
        self._cursor = self._connection.cursor()
        self._cursor.execute(f"PRAGMA busy_timeout={int(self._patience * 1000)}")
        self._cursor.execute("PRAGMA query_only=ON")
        self._identity = identity
