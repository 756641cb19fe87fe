"""Finished pages on disk, in a database file of their own: a warm start, and a site without one.

The file may be lost at any time without harm. A copy knows the stamps of everything that it was
made of; it is right as long as the database still has exactly those.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import brotli

from frontend.pagestore.copy_file import CopyFile
from frontend.pagestore.page import Page

AT_ONCE_OLDEST: Final = 64  # copies that make room
OLDEST: Final = "DELETE FROM copy WHERE id IN (SELECT id FROM copy ORDER BY id LIMIT ?)"
REMOVE: Final = """DELETE FROM copy
    WHERE number < ? AND id IN (SELECT copy_id FROM copy_key WHERE key = ?)"""
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
        self._writing = CopyFile(self.file, patience=2_000, makes=True)
        # A visitor waits for nobody who writes; in WAL he need not.
        self._reading = CopyFile(self.file, patience=50, makes=False)
        self.is_failing = False  # the last pages could not be written

    def find(self, address: str) -> Copy | None:
        """Return the copy of an address, right or not."""
        sql = """SELECT number, made_at, since, until, status, headers, stamps, coding, body
            FROM copy
            WHERE address = ? AND build = ?"""

        def look(connection: Any) -> Copy | None:
            row = connection.execute(sql, (address, self._build)).fetchone()
            return _read(row) if row else None

        return self._reading.use(look)

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

        self.is_failing = self._writing.use(store) is None
        self._writing.is_told = self.is_failing

    def forget(self, numbers: Mapping[str, int]) -> None:
        """Remove the copies that hang on a key and are older than its number.

        Where they cannot be removed, on a full disk for one, every copy goes: what was withdrawn
        must not come back when the database is gone.
        """

        def remove(connection: Any) -> bool:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(REMOVE, [(number, key) for key, number in numbers.items()])
            connection.execute("COMMIT")
            return True

        if self._writing.use(remove) is None:
            self.clear()

    def clear(self) -> None:
        """Remove every copy."""
        self._writing.clear()

    def counts(self) -> dict[str, int]:
        """Return how many copies there are and the bytes they take."""

        def count(connection: Any) -> dict[str, int]:
            pages = connection.execute("SELECT count(*) FROM copy").fetchone()[0]
            return {"pages": pages, "bytes": connection.execute(USED).fetchone()[0]}

        return {"pages": 0, "bytes": 0, "limit": self.limit} | (self._reading.use(count) or {})

    def close(self) -> None:
        """Close the file."""
        self._writing.close()
        self._reading.close()

    def _make_room(self, connection: Any) -> None:
        while connection.execute(USED).fetchone()[0] > self.limit:
            gone = connection.execute(OLDEST, (AT_ONCE_OLDEST,))
            if not gone.rowcount:
                return


def _written(page: Page, stamps: Mapping[str, int]) -> tuple[Any, ...]:
    small = page.body("br")
    return (
        page.number,
        page.made_at.isoformat(),
        page.since.isoformat(),
        page.until.isoformat(),
        page.status,
        json.dumps(page.headers),
        json.dumps({key: stamps.get(key, 0) for key in sorted(page.keys or ())}),
        "br" if small is not None else "",
        page.body() if small is None else small,
    )


def _read(row: tuple[Any, ...]) -> Copy:
    number, made_at, since, until, status, headers, stamps, coding, kept = row
    items = [(name, value) for name, value in json.loads(headers)]
    bodies: Mapping[str, bytes] = {"": kept}
    if coding:
        bodies = {"": brotli.decompress(kept), coding: kept}
    known: dict[str, int] = json.loads(stamps)
    at = datetime.fromisoformat(made_at)
    page = Page(
        status,
        items,
        bodies,
        keys=frozenset(known),
        number=number,
        made_at=at,
        since=datetime.fromisoformat(since),
        until=datetime.fromisoformat(until),
    )
    return Copy(page, known)
