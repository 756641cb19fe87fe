"""What visitors see while the database does not answer, and how long they wait for it."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared.sqlite_driver import load_driver
from tests.live.pages.conftest import Site
from tests.live.pages.wire import Answer, Wire, wait_until

KEPT = ("/", "/page/a/", "/list/marked/", "/feed.xml")
PATIENT = 2.5  # seconds in which a page must come on a busy machine, outage or not
CROWD = 8


def warm(site: Site) -> None:
    """Have the pages kept, in memory and on disk."""
    for path in KEPT:
        assert site.get(path).told == (200, False)
    folder = site.instance / "pages"
    wait_until(lambda: copies_in(folder).issuperset(KEPT))


def copies_in(folder: Path) -> set[str]:
    """Return the addresses of the copies on disk, without the site's own."""
    driver = load_driver()
    try:
        connection = driver.connect(f"file:{folder}/copies.sqlite3?mode=ro", uri=True)
    except driver.OperationalError:
        return set()
    try:
        found = connection.execute("SELECT address FROM copy").fetchall()
    except driver.OperationalError:
        return set()
    finally:
        connection.close()
    return {f"/{address.partition('://')[2].partition('/')[2].rstrip('?')}" for (address,) in found}


def crowd(site: Site, paths: tuple[str, ...] = KEPT, rounds: int = 3) -> tuple[list[Answer], float]:
    """Let several people read at once; return the answers and the longest that one took."""
    answers: list[Answer] = []
    spent: list[float] = []

    def read() -> None:
        with Wire(site.server.port) as wire:
            for path in paths * rounds:
                began = time.monotonic()
                answer = wire.get(path)
                spent.append(time.monotonic() - began)
                answers.append(answer)

    threads = [threading.Thread(target=read) for _ in range(CROWD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == CROWD * len(paths) * rounds
    return answers, max(spent)


def told(answers: list[Answer]) -> set[tuple[int, bool]]:
    """Return the different pairs of status and whether the answer says that it may be old."""
    return {answer.told for answer in answers}


def checks(site: Site) -> tuple[int, str]:
    """Return what `/readyz` says of the database."""
    answer = site.ask("/readyz")
    return answer.status, json.loads(answer.text)["checks"]["database"]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what some work gave, and the seconds it took."""
    began = time.monotonic()
    return work(), time.monotonic() - began
