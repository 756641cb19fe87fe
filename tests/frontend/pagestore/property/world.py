"""A site with one or two page stores in front of one database, beside the same site without."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from frontend import create_app
from frontend.pagestore.freshness import NEVER
from shared.domain.errors import DomainError
from shared.domain.work import Work
from shared.runtime import Runtime
from tests.cast import NOON, Clock, work_of
from tests.frontend.pagestore.property.addresses import ADDRESSES
from tests.frontend.pagestore.property.asking import Answer, ask, query_of

PutBack = Callable[[], None]


class World:
    """Everything that the rules act on; `put_back` restores the files or the database."""

    def __init__(self, runtime: Runtime, clock: Clock, put_back: PutBack, *, stores: int) -> None:
        self.runtime, self.clock = runtime, clock
        self._put_back = put_back
        bare = replace(runtime.settings, pages_memory=0, pages_disk=0)
        runtimes = [Runtime(runtime.settings, clock) for _ in range(stores)]
        runtimes.append(Runtime(bare, clock))
        *sites, plain = [create_app(each) for each in runtimes]
        self.stores = [site.extensions["pages"] for site in sites]
        self.plain = plain.extensions["pages"].app
        self.databases = [runtime.database, *(each.database for each in runtimes)]
        self.right: dict[str, Any] = {}
        self._beginning: dict[str, Any] = {}
        self._first: list[Any] = []
        self._copies = runtime.settings.instance / "pages" / "copies.sqlite3"
        self._warm_up()

    def _warm_up(self) -> None:
        """Keep every page as it is in the beginning, so that each sequence begins with them."""
        self.begin()
        assert self.differences() == []
        for store in self.stores:
            parts = (store.shelf._good, store.shelf._others)
            pages = [item for part in parts for item in part.pages.items()]
            assert len(pages) == len(ADDRESSES)
            self._first.append((store, pages, store.freshness.state))
        self._beginning = self.right
        self.close()
        if self._copies.exists():
            replace_file(self._copies.with_name("first.sqlite3"), self._copies)

    def begin(self) -> None:
        """Go back to the beginning."""
        self.close()
        self._put_back()
        if self._copies.exists():
            replace_file(self._copies, self._copies.with_name("first.sqlite3"))
        self.clock.at = NOON
        self.right = self._beginning
        for store, pages, state in self._first:
            store.shelf.forget(None)
            store.freshness.state = state
            for key, page in pages:
                rendering, _, _ = store.shelf.begin(key)
                store.shelf.finish(key, rendering, page, is_open="q=" in key)

    def close(self) -> None:
        """Close every connection and file."""
        for store in self.stores:
            if store.archivist is not None:
                store.archivist.finish()
                store.copies.close()
        for database in self.databases:
            database.close()

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Do something and commit it; what the domain refuses is taken back."""
        with self.runtime.database.writing() as session:
            try:
                yield work_of(session, at=self.clock())
                session.commit()
            except (DomainError, IntegrityError):
                session.rollback()
            else:
                self.right = {}

    def differences(self) -> list[str]:
        """Ask every store for every address; tell what is not as a fresh rendering has it."""
        self.right = self.right or {where: ask(self.plain, where).told for where in ADDRESSES}
        wrong = []
        for number, store in enumerate(self.stores):
            for where, right in self.right.items():
                found = expected(ask(store, where), where)
                if found != right:
                    wrong.append(f"{where} from store {number}: {first_difference(found, right)}")
            if store.archivist is not None:
                store.archivist.finish()
        return wrong

    def restart(self) -> None:
        """Lose what is in memory, as a new process begins."""
        for store in self.stores:
            store.shelf.forget(None)
            store.freshness.state = NEVER


def expected(answer: Answer, where: str) -> Any:
    """Return what an answer tells, without the query string that the store adds to redirects."""
    status, headers, location, body = answer.told
    query = query_of(where)
    if location and query:
        address, mark, fragment = location.partition("#")
        assert address.endswith(query)
        location = address.removesuffix(query)[:-1] + mark + fragment
    return status, headers, location, body


def first_difference(found: Any, right: Any) -> str:
    """Show the first line in which two answers differ."""
    for mine, other in zip(found[:3], right[:3], strict=True):
        if mine != other:
            return f"{mine!r} is not {other!r}"
    lines = zip(found[3].splitlines(), right[3].splitlines(), strict=False)
    here = next((pair for pair in lines if pair[0] != pair[1]), (b"", b"more lines"))
    return f"{here[0].decode()[:200]!r} is not {here[1].decode()[:200]!r}"


def replace_file(file: Path, by: Path) -> None:
    """Put a copy of a database file in the place of another, which nobody has open."""
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    fresh = file.with_name("fresh")
    shutil.copy(by, fresh)
    fresh.replace(file)
