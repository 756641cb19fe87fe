"""Asks the site for its pages as visitors would, so that the store keeps copies of them on disk.

No app imports another: the site is found by its name, as gunicorn finds it.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

import click
from flask import Flask
from werkzeug.test import Client, EnvironBuilder
from werkzeug.utils import import_string

from shared.runtime import Runtime
from shared.settings import Settings
from shared.urls import path_to

AT_ONCE: Final = 200  # pages, before waiting for the disk: what it cannot follow is not copied
FULL: Final = 0.95  # of PAGES_DISK; beyond it the oldest copies make room for new ones
FIRST: Final = ("seo.robots", "feeds.atom", "feeds.rss", "feeds.json")
LISTS_WITH_FEEDS: Final = ("/list/", "/category/")
_PART = re.compile(r"<sitemap><loc>(.*?)</loc>")
_PLACE = re.compile(r"<url><loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?")

Progress = Callable[[int, int], None]


@dataclass
class Warmed:
    """What came of it: pages by how they were answered, what failed, and how many are `left`."""

    ways: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    left: int = 0


def open_site(runtime: Runtime) -> Flask:
    """Return the site's application, on the same instance."""
    site: Flask = import_string("frontend:create_app")(runtime)
    return site


def address_of(settings: Settings) -> str:
    """Return the address that visitors ask at; raises ClickException when settings have none."""
    if settings.site_url:
        return settings.site_url
    if settings.bind.startswith("unix:"):
        raise click.ClickException("the site has no address: set SITE_URL, or give --address")
    host = "127.0.0.1" if settings.bind in {"", "0.0.0.0", "::"} else settings.bind  # noqa: S104 - compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


class Warmer:
    """Asks at one address; raises ClickException where nothing would be kept."""

    def __init__(self, runtime: Runtime, address: str) -> None:
        site = open_site(runtime)
        self._store: Any = site.extensions["pages"]
        self._store.counts.end(monotonic())  # these are no visitors
        if not self._store.copies:
            raise click.ClickException("no copies are kept on disk: see PAGES_DISK and DEBUG")
        self._address = address.rstrip("/")
        self._root = urlsplit(self._address).path
        self._client = Client(site.wsgi_app)
        self._asked: dict[str, tuple[str, str]] = {}  # how each page was answered at first

    def warm(self, limit: int | None, progress: Progress) -> Warmed:
        """Ask for the pages of the site, the most asked for first."""
        with _unlogged():
            robots = path_to("frontend", "seo.robots")
            self._ask(robots)
            if self._asked[robots][1] == "past":
                raise click.ClickException(
                    f"pages are not kept at {self._address}: see SITE_URL and ALLOWED_HOSTS"
                )
            paths = list(dict.fromkeys(self._list()))[:limit]
            warmed = Warmed()
            for done, path in enumerate(paths, start=1):
                self._take(path, warmed)
                progress(done, len(paths))
                if done % AT_ONCE == 0 and self._is_full():
                    warmed.left = len(paths) - done
                    progress(len(paths), len(paths))
                    break
            self._is_full()
        return warmed

    def _take(self, path: str, warmed: Warmed) -> None:
        if path not in self._asked:
            self._ask(path)
        status, way = self._asked[path]
        if status == "200 OK" and way != "stale":
            warmed.ways[way] += 1
        else:
            reason = "the database did not answer" if way == "stale" else status
            warmed.failed.append(f"{path} ({reason})")

    def _is_full(self) -> bool:
        self._store.archivist.finish()
        if self._store.copies.is_failing:
            raise click.ClickException("the copies cannot be written; the log says why")
        held = self._store.copies.counts()
        return bool(held["bytes"] > held["limit"] * FULL)

    def _ask(self, path: str) -> str:
        """Return the body of the answer, and note how the store came by it."""
        before = Counter(self._store.counts.ways())
        request = EnvironBuilder(
            path, base_url=self._address, environ_overrides={"triptych.root": self._root}
        )
        answer = self._client.open(request)
        way = next(iter(Counter(self._store.counts.ways()) - before))
        self._asked[path] = answer.status, way
        return answer.text

    def _list(self) -> Iterator[str]:
        sitemap = path_to("frontend", "seo.sitemap")
        yield from (path_to("frontend", endpoint) for endpoint in FIRST)
        yield sitemap
        text = self._ask(sitemap)
        parts = [self._path(found) for found in _PART.findall(text)]
        yield from parts
        places = [
            (self._path(address), changed)
            for one in [text, *(self._ask(part) for part in parts)]
            for address, changed in _PLACE.findall(one)
        ]
        lists = [path for path, changed in places if not changed]
        yield from lists
        yield from (f"{path}feed.xml" for path in lists if _has_feed(path))
        dated = [(changed, path) for path, changed in places if changed]
        yield from (path for _, path in sorted(dated, reverse=True))

    def _path(self, address: str) -> str:
        return urlsplit(unescape(address)).path.removeprefix(self._root)


def _has_feed(path: str) -> bool:
    return path.startswith(LISTS_WITH_FEEDS) and path not in LISTS_WITH_FEEDS


@contextmanager
def _unlogged() -> Iterator[None]:
    """Write no line of a request meanwhile: nobody asked."""
    access = logging.getLogger("triptych.access")
    before = access.level
    access.setLevel(logging.WARNING)
    try:
        yield
    finally:
        access.setLevel(before)
