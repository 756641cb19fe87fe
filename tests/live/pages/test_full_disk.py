"""The disk is full: pages are made and served, copies are given up, and no save is half done."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.live.pages.conftest import Place, Site, filled, serving
from tests.live.pages.console import Console
from tests.live.pages.content import mark, marks_in
from tests.live.pages.outage import KEPT, checks, copies_in, told, warm
from tests.live.pages.room import full, limited, may_mount, small_disk
from tests.live.pages.wire import wait_until

pytestmark = pytest.mark.live

FURTHER = ("/page/b/", "/archive/", "/list/", "/rss.xml", "/feed.json", "/robots.txt")
UNKNOWN = tuple(f"/page/unknown-{number}/" for number in range(20))
SAVES = 12


@pytest.fixture(params=["limited", "full"] if may_mount() else ["limited"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def narrow(kind: str, template_file: Path, tmp_path: Path) -> Iterator[Place]:
    """An instance on a disk that can be filled, or under a limit."""
    instance = tmp_path / "instance"
    if kind == "limited":
        instance.mkdir()
        shutil.copy(template_file, instance / "triptych.sqlite3")
        yield from filled(instance)
        return
    with small_disk(instance):
        shutil.copy(template_file, instance / "triptych.sqlite3")
        yield from filled(instance)


def filling(kind: str, place: Place, site: Site) -> AbstractContextManager[None]:
    return full(place.instance) if kind == "full" else limited(site.server.process.pid)


def save_much(console: Console, post: int) -> int:
    """Save again and again and return the last number that was acknowledged."""
    last, refused = 0, 0
    for number in range(1, SAVES + 1):
        answer = console.send(*console.edit(post, title=mark("a", number), body="x" * 9_000))
        if answer.status == 303:
            last = number
            continue
        refused += 1
        assert answer.status == 503
        assert "Nothing was saved" in answer.text
    assert refused
    return last


def test_a_full_disk_costs_copies_and_saves_alone(kind, narrow):
    with serving(narrow, WORKERS=1) as site:
        warm(site)
        console = Console(site.server.port)
        folder = narrow.instance / "pages"
        with filling(kind, narrow, site):
            for path in FURTHER:
                assert (path, site.get(path).told) == (path, (200, False))
            assert told([site.get(path) for path in UNKNOWN]) == {(404, False)}
            last = save_much(console, narrow.posts["a"])
            assert marks_in(site.get("/page/a/").text)["a"] == {last}
            assert checks(site) == (200, "ok")
            assert copies_in(folder) <= set(KEPT)
        assert console.send(*console.edit(narrow.posts["a"], title=mark("a", 99))).status == 303
        assert marks_in(site.get("/page/a/").text)["a"] == {99}
        assert site.get("/sitemap.xml").told == (200, False)
        wait_until(lambda: "/sitemap.xml" in copies_in(folder))
        assert len(site.lines("no copies of pages")) <= 1  # said once, not for each page
        console.wire.close()
    with serving(narrow, WORKERS=1) as site:
        assert marks_in(site.get("/page/a/").text)["a"] == {99}
