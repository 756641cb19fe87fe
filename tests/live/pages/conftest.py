"""The whole platform under a real gunicorn, on an instance with two marked posts."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shared.runtime import Runtime
from tests.cast import SECRET
from tests.live.conftest import Server, running
from tests.live.pages.content import add_post, open_runtime
from tests.live.pages.wire import Answer, Wire, wait_until

NAMES = ("a", "b")


@dataclass(frozen=True)
class Place:
    """An instance and its marked posts: their ids by name."""

    instance: Path
    runtime: Runtime
    url: str
    posts: dict[str, int]

    @property
    def file(self) -> Path:
        """The database file."""
        return self.instance / "triptych.sqlite3"


class Site:
    """The running platform."""

    def __init__(self, server: Server, instance: Path) -> None:
        self.server = server
        self.instance = instance
        self.wire = Wire(server.port)
        self.get = self.wire.get

    def ask(self, path: str, *headers: str) -> Answer:
        """Ask on a connection of its own."""
        with Wire(self.server.port) as wire:
            return wire.get(path, *headers, "Connection: close")

    def lines(self, word: str) -> list[str]:
        """Return the lines of the log that hold a word."""
        return [line for line in self.server.log.splitlines() if word in line]

    def ways(self, path: str, count: int) -> list[str]:
        """Return how so many requests for a path were answered, by the log's last words.

        Lines come a moment after the answers, and those of different threads in any order.
        """
        told: list[str] = []

        def is_written() -> bool:
            told[:] = self.lines(f"] GET {path} ")
            return len(told) >= count

        wait_until(is_written)
        return [line.rsplit(" ", 1)[1] for line in sorted(told)]


Serve = Callable[..., AbstractContextManager[Site]]


@pytest.fixture
def place(template_file: Path, tmp_path: Path) -> Iterator[Place]:
    """An instance on SQLite with the cast and two marked posts."""
    instance = tmp_path / "instance"
    instance.mkdir()
    shutil.copy(template_file, instance / "triptych.sqlite3")
    yield from filled(instance)


@pytest.fixture
def place_on_postgres(postgres_runtime: Runtime, tmp_path: Path) -> Iterator[Place]:
    """The same on a PostgreSQL database of its own."""
    yield from filled(tmp_path / "instance", postgres_runtime.settings.database_url)


def filled(instance: Path, url: str = "") -> Iterator[Place]:
    """Fill an instance that has the cast."""
    runtime = open_runtime(instance, url)
    posts = {name: add_post(runtime, name) for name in NAMES}
    yield Place(instance, runtime, url, posts)
    runtime.database.close()


@contextmanager
def serving(place: Place, **settings: Any) -> Iterator[Site]:
    """Serve an instance with gunicorn until the block ends."""
    given = {"SECRET_KEY": SECRET, "DATABASE_URL": place.url, "THREADS": "8"}
    given["INSTANCE"] = str(place.instance)
    given |= {name: str(value) for name, value in settings.items()}
    outside = place.instance.parent / "outside"  # what it tells must be read on a full disk too
    with running(outside, "dispatcher:application", **given) as server:
        site = Site(server, place.instance)
        try:
            site.get("/healthz")
            yield site
        finally:
            site.wire.close()
