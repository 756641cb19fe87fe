"""A restart is warm, and what was kept before it is used only where it is still right."""

import os
import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from frontend import create_app
from shared.runtime import Runtime
from shared.sqlite_driver import load_driver
from tests.live.pages.conftest import Place, Site, serving
from tests.live.pages.content import TAG, marks_in, save_mark
from tests.live.pages.outage import KEPT, copies_in, warm
from tests.live.pages.wire import Wire, wait_until

pytestmark = pytest.mark.live

KILLS = 8
PATHS = (*KEPT, "/page/b/", "/archive/", "/list/", "/rss.xml", "/feed.json", "/sitemap.xml")


def fresh(place: Place) -> dict[str, bytes]:
    """Return what the site renders now, with nothing kept."""
    settings = replace(place.runtime.settings, pages_memory=0, pages_disk=0)
    runtime = Runtime(settings)
    client = create_app(runtime).test_client()
    found = {path: client.get(path).data for path in PATHS}
    runtime.database.close()
    return found


def read(site: Site) -> dict[str, bytes]:
    return {path: site.get(path).body for path in PATHS}


def test_a_restart_is_warm(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
        before = {path: site.get(path).body for path in KEPT}
    with serving(place, WORKERS=1) as site:
        assert {path: site.get(path).body for path in KEPT} == before
        assert [site.ways(path, 1) for path in KEPT] == [["copy"]] * len(KEPT)
        assert site.get("/").told == (200, False)
        assert site.ways("/", 2) == ["copy", "hit"]


def test_what_was_edited_meanwhile_is_rendered(place):
    paths = ("/page/a/", "/", f"/list/{TAG}/")
    with serving(place, WORKERS=1) as site:
        warm(site)
        assert site.get("/robots.txt").status == 200
        wait_until(lambda: "/robots.txt" in copies_in(site.instance / "pages"))
    save_mark(place.runtime, place.posts["a"], "a", 1)
    with serving(place, WORKERS=1) as site:
        assert [marks_in(site.get(path).text)["a"] for path in paths] == [{1}] * len(paths)
        assert site.get("/robots.txt").status == 200
        assert [site.ways(path, 1) for path in paths] == [["made"]] * len(paths)
        assert site.ways("/robots.txt", 1) == ["copy"]


def test_copies_of_other_settings_are_not_used(place):
    with serving(place, WORKERS=1) as site:
        warm(site)
    with serving(place, WORKERS=1, ADMIN_URL="http://console.example.org") as site:
        assert [site.get(path).status for path in KEPT] == [200] * len(KEPT)
        assert [site.ways(path, 1) for path in KEPT] == [["made"]] * len(KEPT)


def test_a_restored_backup_brings_no_page_of_the_lost_history(place):
    aside = place.instance / "aside.sqlite3"
    with closing(load_driver().connect(str(place.file))) as connection:
        connection.execute("VACUUM INTO ?", (str(aside),))
    with serving(place, WORKERS=1) as site:
        for number in (1, 2):
            save_mark(place.runtime, place.posts["a"], "a", number)
            warm(site)
        assert marks_in(site.get("/page/a/").text)["a"] == {2}
        restore(place, aside)
        texts = [site.get(path).text for path in KEPT]
        assert [marks_in(text)["a"] for text in texts] == [{0}] * len(KEPT)
    with serving(place, WORKERS=1) as site:
        save_mark(place.runtime, place.posts["b"], "b", 7)
        texts = [site.get(path).text for path in KEPT]
        assert [marks_in(text)["a"] for text in texts] == [{0}] * len(KEPT)
        assert marks_in(site.get("/").text)["b"] == {7}


def test_a_backup_restored_while_nothing_runs_brings_none_either(place):
    aside = place.instance / "aside.sqlite3"
    with closing(load_driver().connect(str(place.file))) as connection:
        connection.execute("VACUUM INTO ?", (str(aside),))
    with serving(place, WORKERS=1) as site:
        save_mark(place.runtime, place.posts["a"], "a", 1)
        warm(site)
    restore(place, aside)
    with serving(place, WORKERS=1) as site:
        texts = [site.get(path).text for path in KEPT]
        assert [marks_in(text)["a"] for text in texts] == [{0}] * len(KEPT)
        assert "copy" not in [site.ways(path, 1)[0] for path in KEPT]


def restore(place: Place, aside: Path) -> None:
    """Put an older database in place of the one in use."""
    place.runtime.database.close()
    for suffix in ("-wal", "-shm", ""):
        place.file.with_name(f"{place.file.name}{suffix}").unlink(missing_ok=True)
    shutil.copy(aside, place.instance / "restored")
    (place.instance / "restored").rename(place.file)


class Crowd(threading.Thread):
    """Somebody who reads all pages and many that are not there, whatever happens."""

    def __init__(self, site: Site, seed: int) -> None:
        super().__init__()
        self.port, self.is_over = site.server.port, threading.Event()
        self.chance = random.Random(seed)  # noqa: S311 - any pages will do

    def run(self) -> None:
        """Read until it is over."""
        with Wire(self.port) as wire:
            while not self.is_over.is_set():
                path = self.chance.choice((*PATHS, f"/page/{self.chance.random()}/"))
                try:
                    wire.get(path)
                except (OSError, EOFError):  # the worker is being killed
                    wire.close()
                    self.is_over.wait(0.02)


def workers(site: Site) -> Iterator[int]:
    main = site.server.process.pid
    yield from map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())


def test_workers_killed_while_they_copy_leave_nothing_wrong(place):
    with serving(place, WORKERS=2) as site:
        warm(site)
        crowd = [Crowd(site, seed) for seed in range(4)]
        for one in crowd:
            one.start()
        chance = random.Random(7)  # noqa: S311 - any moments will do
        for number in range(1, KILLS + 1):
            known = site.server.log.count("frontend is up")
            save_mark(place.runtime, place.posts["a"], "a", number)
            crowd[0].is_over.wait(chance.uniform(0.02, 0.3))
            os.kill(next(workers(site)), 9)
            wait_until(lambda known=known: site.server.log.count("frontend is up") > known)
        for one in crowd:
            one.is_over.set()
        for one in crowd:
            one.join()
        assert read(site) == fresh(place)
    assert "damaged" not in site.server.log
    copies = place.instance / "pages" / "copies.sqlite3"
    with closing(load_driver().connect(str(copies))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with serving(place, WORKERS=1) as site:
        assert read(site) == fresh(place)
        ways = [site.ways(path, 1)[0] for path in PATHS]
        assert ways.count("copy") >= len(PATHS) // 2, ways
