import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from frontend.pagestore.copies import Copies
from frontend.pagestore.counting import TELL_SECONDS, Counting
from frontend.pagestore.shelf import Shelf
from shared.page_counts import GONE_SECONDS, Holding, own_file, read_counts
from tests.cast import NOON
from tests.frontend.pagestore.pages import make_page

ROOT = Path(__file__).parents[3]
# One visit in a process that then ends, as gunicorn's workers do, and what others see before.
PROCESS = """
import logging, sys, time
from pathlib import Path
logging.basicConfig(level="INFO", stream=sys.stdout, format="%(message)s")
from frontend.pagestore.counting import Counting
from frontend.pagestore.shelf import Shelf
from shared.clock import utc_now
from shared.page_counts import own_file
counting = Counting(Path(sys.argv[1]), Shelf(1_000), None, utc_now)
counting.add("made")
while not own_file(Path(sys.argv[1])).exists():
    time.sleep(0.01)
counting.add("hit")
print(own_file(Path(sys.argv[1])).exists())
sys.exit(3)
"""


@pytest.fixture
def counting(tmp_path, clock, monkeypatch):
    """The counting of a store whose thread does nothing by itself."""
    monkeypatch.setattr("frontend.pagestore.counting._rounds.join", lambda _: None)
    copies = Copies(tmp_path / "pages", limit=1_000_000, build="x")
    made = Counting(tmp_path / "pages", Shelf(100_000), copies, clock)
    yield made
    copies.close()


def count(counting, **ways):
    for way, number in ways.items():
        for _ in range(number):
            counting.add(way)


def told(caplog):
    return [line for name, _, line in caplog.record_tuples if "counting" in name]


def test_nothing_is_written_before_an_answer(counting, tmp_path):
    counting.mark(1_000.0)

    assert not (tmp_path / "pages").exists()


def test_counts_are_there_for_others(counting, tmp_path):
    count(counting, made=1, hit=2)
    counting.mark(time.monotonic())

    totals = read_counts(tmp_path / "pages")
    assert (totals.processes, totals.ways["made"], totals.ways["hit"]) == (1, 1, 2)
    assert totals.memory == Holding(0, 0, 100_000)
    assert (totals.copies.pages, totals.copies.limit) == (0, 1_000_000)


def test_copies_that_came_after_the_last_answer_are_told(counting, tmp_path):
    count(counting, made=1)
    counting.mark(time.monotonic())
    counting._copies.keep([("/", make_page("site"), {})])
    counting.mark(time.monotonic())

    assert read_counts(tmp_path / "pages").copies.pages == 1


def test_idle_process_stays_known_without_writing(counting, tmp_path):
    count(counting, made=1)
    for _ in range(2):
        counting.mark(time.monotonic())
    file = own_file(tmp_path / "pages")
    before = file.stat().st_ino
    os.utime(file, (0, 0))
    counting.mark(time.monotonic())

    assert file.stat().st_ino == before
    assert time.time() - file.stat().st_mtime < GONE_SECONDS
    assert read_counts(tmp_path / "pages").ways["made"] == 1


def test_file_that_is_gone_is_written_again(counting, tmp_path):
    count(counting, made=1)
    for _ in range(2):
        counting.mark(time.monotonic())
    own_file(tmp_path / "pages").unlink()
    counting.mark(time.monotonic())

    assert read_counts(tmp_path / "pages").ways["made"] == 1


def test_last_time_of_a_stale_answer_is_told(counting, tmp_path, clock):
    count(counting, stale=1)
    counting.mark(time.monotonic())
    clock.forward(hours=1)
    count(counting, hit=1)
    counting.mark(time.monotonic())

    assert read_counts(tmp_path / "pages").stale_at == NOON


def test_failing_copies_are_told_until_they_work(counting, tmp_path):
    pages = [("/", make_page("site"), {})]
    file = tmp_path / "pages" / "copies.sqlite3"
    count(counting, made=1)
    file.mkdir(parents=True)
    counting._copies.keep(pages)
    counting.mark(time.monotonic())
    assert read_counts(tmp_path / "pages").is_failing

    file.rmdir()
    counting._copies.keep(pages)
    counting.mark(time.monotonic())
    assert not read_counts(tmp_path / "pages").is_failing


def test_log_tells_every_five_minutes_of_what_is_new(counting, caplog):
    caplog.set_level(logging.INFO)
    at = time.monotonic()
    count(counting, hit=5, made=1)
    counting.mark(at + 10)
    assert told(caplog) == []

    counting.mark(at + TELL_SECONDS + 1)
    count(counting, hit=2)
    counting.mark(at + TELL_SECONDS + 11)
    counting.mark(at + 2 * TELL_SECONDS + 1)
    counting.mark(at + 3 * TELL_SECONDS + 1)

    assert told(caplog) == ["6 pages in 301 s: 5 hit, 1 made", "2 pages in 300 s: 2 hit"]


def test_end_tells_what_is_not_told_and_leaves_no_file(counting, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    at = time.monotonic()
    count(counting, copy=1)
    counting.mark(at)
    count(counting, hit=3)
    counting.end(at + 20)
    counting.end(at + 30)
    counting.mark(at + 40)

    assert told(caplog) == ["4 pages in 20 s: 3 hit, 1 copy"]
    assert read_counts(tmp_path / "pages").processes == 0


def test_disk_that_takes_no_counts_is_complained_about_once(counting, tmp_path, caplog):
    (tmp_path / "pages").write_text("a file where the folder should be")
    count(counting, hit=1)
    for _ in range(3):
        counting.mark(time.monotonic())
    (tmp_path / "pages").unlink()
    counting.mark(time.monotonic())

    assert told(caplog) == ["the counts of pages cannot be written: File exists"]
    assert read_counts(tmp_path / "pages").answered == 1


def test_process_that_ends_tells_the_log_and_takes_its_file_away(tmp_path):
    command = [sys.executable, "-c", PROCESS, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines() == ["True", "2 pages in 0 s: 1 hit, 1 made"]
    assert list(tmp_path.iterdir()) == []


def test_forked_process_tells_of_itself_alone(tmp_path, clock):
    counting = Counting(tmp_path, Shelf(1_000), None, clock)
    count(counting, hit=7)
    wait_for(own_file(tmp_path))
    reader, writer = os.pipe()
    child = os.fork()
    if not child:  # pragma: no cover - in the other process
        counting.add("made")
        wait_for(own_file(tmp_path))
        os.write(writer, own_file(tmp_path).read_bytes())
        os._exit(0)
    os.waitpid(child, 0)
    counting.end(time.monotonic())

    ways = json.loads(os.read(reader, 1_000))["ways"]
    assert {way: number for way, number in ways.items() if number} == {"made": 1}


def wait_for(file):
    until = time.monotonic() + 10
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.01)
