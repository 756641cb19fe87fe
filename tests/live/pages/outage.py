"""What visitors see while the database does not answer, and how long they wait for it."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.live.pages.conftest import Site
from tests.live.pages.wire import Answer, Wire

KEPT = ("/", "/page/a/", "/list/marked/", "/feed.xml")
PATIENT = 2.5  # seconds in which a page must come on a busy machine, outage or not
CROWD = 8


def warm(site: Site) -> None:
    """Have the pages kept, in memory and on disk."""
    for path in KEPT:
        assert site.get(path).told == (200, False)
    folder = site.server.instance / "pages"
    deadline = time.monotonic() + 20
    while copies_in(folder) < len(KEPT):
        assert time.monotonic() < deadline, "the pages were not copied"
        time.sleep(0.02)


def copies_in(folder: Any) -> int:
    """Return how many copies there are on disk."""
    from shared.sqlite_driver import load_driver

    driver = load_driver()
    try:
        connection = driver.connect(f"file:{folder}/copies.sqlite3?mode=ro", uri=True)
    except driver.OperationalError:
        return 0
    try:
        count: int = connection.execute("SELECT count(*) FROM copy").fetchone()[0]
    except driver.OperationalError:
        return 0
    finally:
        connection.close()
    return count


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
