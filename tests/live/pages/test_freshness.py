"""No answer that begins after a save was acknowledged is older than the save."""

import json
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.live.conftest import ROOT
from tests.live.pages.board import STOP, Board
from tests.live.pages.conftest import NAMES, Place, Site, serving
from tests.live.pages.content import TAG
from tests.live.pages.wire import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.live

PATHS = ("/", "/page/a/", "/page/b/", f"/list/{TAG}/", "/feed.xml")
READERS, THREADS_EACH = 2, 4
WHAT = ",".join(NAMES), ",".join(PATHS)


@contextmanager
def process(module: str, *arguments: object) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", f"tests.live.pages.{module}", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as started:
        try:
            yield started
        finally:
            started.kill()


def race(place: Place, site: Site, folder: Path, requests: int, pause: float) -> dict[str, int]:
    """Let people read while others save; return how many answers were of which status."""
    path = folder / "board"
    board, slots = Board(path), range(len(NAMES))
    asked = site.server.port, path, requests // READERS, THREADS_EACH
    with ExitStack() as stack:
        writers = [
            stack.enter_context(
                process("writer", place.instance, place.url, path, slot, name, post, pause)
            )
            for slot, (name, post) in enumerate(place.posts.items())
        ]
        wait_until(lambda: all(board[slot] for slot in slots))
        before = [board[slot] for slot in slots]
        people = [process("reader", *asked, *WHAT) for _ in range(READERS)]
        readers = [stack.enter_context(person) for person in people]
        told = [json.loads(reader.communicate(timeout=300)[0]) for reader in readers]
        saves = sum(board[slot] for slot in slots) - sum(before)
        board[STOP] = 1
        assert [writer.wait(30) for writer in writers] == [0, 0]
    assert [line for one in told for line in one["wrong"]] == []
    seen = {status: sum(one["seen"].get(status, 0) for one in told) for status in ("200", "304")}
    return seen | {"saves": saves}


def test_no_answer_is_older_than_what_was_acknowledged(place, tmp_path):
    with serving(place, WORKERS=3, THREADS=4) as site:
        seen = race(place, site, tmp_path, 20_000, pause=0.1)
        assert seen["200"] + seen["304"] == 20_000
        assert (seen["304"] >= 500, seen["saves"] >= 50) == (True, True), seen


def test_no_answer_is_older_on_postgresql(place_on_postgres, tmp_path):
    with serving(place_on_postgres, WORKERS=3, THREADS=4) as site:
        seen = race(place_on_postgres, site, tmp_path, 3_000, pause=0.1)
        assert seen["200"] + seen["304"] == 3_000
