"""Finished pages on disk, in a database file of their own: a warm start, and a site without one.

The file may be lost at any time without harm. A copy knows the stamps of everything that it was
made of; it is right as long as the database still has exactly those.
"""

import json
import logging
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import brotli

from frontend.pagestore.page import Page
from shared.engines import identity
from shared.sqlite_driver import load_driver

logger = logging.getLogger(__name__)
Found = TypeVar("Found")

FORMAT: Final = 1  # of this file; another one is thrown away
AT_ONCE: Final = 500  # keys in one statement
AT_ONCE_OLDEST: Final = 64  # copies that make room
PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",  # a crash may take the last copies, never the file
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=2000",
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
OLDEST: Final = "DELETE FROM copy WHERE id IN (SELECT id FROM copy ORDER BY id LIMIT ?)"
USED: Final = """SELECT (p.page_count - f.freelist_count) * s.page_size
    FROM pragma_page_count AS p, pragma_freelist_count AS f, pragma_page_size AS s"""


@dataclass(frozen=True, slots=True)
class Copy:
    """A page and the stamps of what it was made of, as they were then."""

    page: Page
    stamps: Mapping[str, int]


class Copies:
    """At most about `limit` bytes of copies in `folder`, shared by all processes of an instance.

    `build` names the code and settings that a page was made by; copies of another are not seen.
    No failure of the disk is raised: there is then no copy.
    """

    def __init__(self, folder: Path, *, limit: int, build: str) -> None:
        self.file = folder / "copies.sqlite3"
        self.limit = limit
        self._build = build
        self._driver = load_driver()
        self._lock = threading.Lock()
        self._connection: Any = None
        self._identity: tuple[int, int] | None = None
        self.is_failing = False  # the last pages could not be written
        self._is_told = False

    def find(self, address: str) -> Copy | None:
        """Return the copy of an address, right or not."""
        sql = """SELECT number, made_at, status, headers, stamps, coding, body FROM copy
            WHERE address = ? AND build = ?"""

        def look(connection: Any) -> Copy | None:
            row = connection.execute(sql, (address, self._build)).fetchone()
            return _read(row) if row else None

        return self._use(look)

    def keep(self, pages: Collection[tuple[str, Page, Mapping[str, int]]]) -> None:
        """Store pages with the stamps of their keys, in place of older copies."""

        def store(connection: Any) -> bool:
            self._make_room(connection)
            connection.execute("BEGIN IMMEDIATE")
            for address, page, stamps in pages:
                connection.execute("DELETE FROM copy WHERE address = ?", (address,))
                row = (address, self._build, *_written(page, stamps))
                made = connection.execute(f"INSERT INTO copy VALUES (NULL{', ?' * len(row)})", row)  # noqa: S608 - question marks alone
                hanging = [(key, made.lastrowid) for key in page.keys or ()]
                connection.executemany("INSERT INTO copy_key VALUES (?, ?)", hanging)
            connection.execute("COMMIT")
            return True

        self.is_failing = self._use(store) is None
        self._is_told = self.is_failing

    def forget(self, keys: Collection[str] | None, number: int) -> None:
        """Remove copies older than a version that hang on one of the keys; None: on anything.

        Where they cannot be removed, on a full disk for one, every copy goes: what was withdrawn
        must not come back when the database is gone.
        """

        def remove(connection: Any) -> bool:
            if keys is None:
                connection.execute("DELETE FROM copy WHERE number < ?", (number,))
            listed = sorted(keys or ())
            for start in range(0, len(listed), AT_ONCE):
                part = listed[start : start + AT_ONCE]
                connection.execute(_removal(len(part)), (number, *part))
            return True

        if self._use(remove) is None:
            self.clear()

    def clear(self) -> None:
        """Remove every copy."""
        with self._lock:
            self._throw_away()

    def counts(self) -> dict[str, int]:
        """Return how many copies there are and the bytes they take."""

        def count(connection: Any) -> dict[str, int]:
            pages = connection.execute("SELECT count(*) FROM copy").fetchone()[0]
            return {"pages": pages, "bytes": connection.execute(USED).fetchone()[0]}

        return {"pages": 0, "bytes": 0, "limit": self.limit} | (self._use(count) or {})

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._close()

    def _make_room(self, connection: Any) -> None:
        while connection.execute(USED).fetchone()[0] > self.limit:
            gone = connection.execute(OLDEST, (AT_ONCE_OLDEST,))
            if not gone.rowcount:
                return

    def _use(self, work: Callable[[Any], Found]) -> Found | None:
        """Do some work with the one connection; return None when the file cannot be used.

        One that is damaged is thrown away and begun anew.
        """
        with self._lock:
            try:
                if self._identity != identity(self.file):  # another process threw it away
                    self._close()
                if self._connection is None:
                    self._connection = self._open()
                    self._identity = identity(self.file)
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

    def _tell(self, reason: object) -> None:
        """Say why there are no copies, once until one is written again."""
        if not self._is_told:
            logger.warning("no copies of pages: %s", reason)
        self._is_told = True

    def _open(self) -> Any:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = self._driver.connect(
            str(self.file), isolation_level=None, check_same_thread=False
        )
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if not found:
            for statement in SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
        if found not in {0, FORMAT}:
            connection.close()
            raise ValueError(f"format {found}")
        return connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _throw_away(self) -> None:
        self._close()
        try:
            for suffix in ("", "-wal", "-shm"):
                self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            self._tell(error.strerror)


def _removal(count: int) -> str:
    marks = ", ".join("?" * count)
    hanging = f"SELECT copy_id FROM copy_key WHERE key IN ({marks})"  # noqa: S608 - as above
    return f"DELETE FROM copy WHERE number < ? AND id IN ({hanging})"  # noqa: S608 - as above


def _written(page: Page, stamps: Mapping[str, int]) -> tuple[Any, ...]:
    small = page.body("br")
    return (
        page.number,
        page.made_at.isoformat(),
        page.status,
        json.dumps(page.headers),
        json.dumps({key: stamps.get(key, 0) for key in sorted(page.keys or ())}),
        "br" if small is not None else "",
        page.body() if small is None else small,
    )


def _read(row: tuple[Any, ...]) -> Copy:
    number, made_at, status, headers, stamps, coding, kept = row
    items = [(name, value) for name, value in json.loads(headers)]
    bodies: Mapping[str, bytes] = {"": kept}
    if coding:
        bodies = {"": brotli.decompress(kept), coding: kept}
    known: dict[str, int] = json.loads(stamps)
    at = datetime.fromisoformat(made_at)
    page = Page(status, items, bodies, keys=frozenset(known), number=number, made_at=at)
    return Copy(page, known)
