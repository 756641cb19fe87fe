"""Asks the database one question, as fast as can be: which version is the content at?"""

import os
import threading
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from shared.db import Database
from shared.engines import identity
from shared.models.stamps import VERSION

PATIENCE_MILLISECONDS: Final = 250  # for a lock; visitors are shown the page as it was meanwhile
PROBE_SECONDS: Final = 0.1  # how long others wait while one asks whether the database is back


class Unreachable(Exception):
    """The database gives no answer now."""


class Watch:
    """One kept connection for each thread, which never takes part in a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._path = str(database.file or "")
        self._errors = (SQLAlchemyError, OSError, database.reader.dialect.loaded_dbapi.Error)
        self._start_anew()
        os.register_at_fork(after_in_child=self._start_anew)

    def _start_anew(self) -> None:
        self._kept = threading.local()
        self._probe = threading.Lock()
        self._is_down = False

    def version(self) -> int:
        """Return the version of what is committed; raises Unreachable.

        While the database is down, one thread at a time asks; others wait 0.1 s for it at most.
        """
        if self._is_down:
            return self._ask_in_turn()
        try:
            return self._ask()
        except self._errors:
            return self._ask_in_turn()

    def _ask_in_turn(self) -> int:
        if not self._probe.acquire(timeout=PROBE_SECONDS):
            raise Unreachable
        try:
            self._close()
            found = self._ask()
        except self._errors as error:
            self._is_down = True
            raise Unreachable from error
        else:
            self._is_down = False
            return found
        finally:
            self._probe.release()

    def _ask(self) -> int:
        kept = self._kept
        try:
            cursor = kept.cursor
        except AttributeError:
            cursor = self._open()
        if self._path:
            found = os.stat(self._path)  # noqa: PTH116 - a third of what Path.stat costs, each time
            if (found.st_dev, found.st_ino) != kept.file:
                cursor = self._open()  # another file took its place
        number: int = cursor.execute(VERSION).fetchone()[0]
        return number

    def _close(self) -> None:
        connection = self._kept.__dict__.pop("connection", None)
        self._kept.__dict__.clear()
        if connection is not None:
            self._database.close_apart(connection)

    def _open(self) -> Any:
        self._close()
        kept = self._kept
        kept.connection = self._database.connect_apart()
        cursor = kept.connection.cursor()
        if self._path:
            kept.file = identity(Path(self._path))
            cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MILLISECONDS}")
        kept.cursor = cursor
        return cursor
