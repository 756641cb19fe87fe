import json
import os
import threading
import time
from datetime import UTC, datetime

import pytest

from shared.page_counts import (
    GONE_SECONDS,
    Counts,
    Holding,
    PageCounts,
    Totals,
    own_file,
    read_counts,
    write_counts,
)

NONE = dict.fromkeys(("hit", "copy", "shared", "made", "stale", "past"), 0)


def counted(counts):
    return {way: count for way, count in counts.ways().items() if count}


# --- counting ---


def test_threads_lose_no_count():
    counts = PageCounts()
    summed = []

    def ask():
        for _ in range(20_000):
            counts.add("hit")
            counts.add("made")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        summed.append(sum(counts.ways().values()))

    assert counted(counts) == {"hit": 160_000, "made": 160_000}
    assert summed == sorted(summed)


def test_counts_of_threads_that_ended_stay_without_their_threads():
    counts = PageCounts()
    for _ in range(50):
        thread = threading.Thread(target=counts.add, args=("hit",))
        thread.start()
        thread.join()

    assert counted(counts) == {"hit": 50}
    assert counted(counts) == {"hit": 50}
    assert counts._all == []


def test_each_thread_begins_once():
    begun = []
    counts = PageCounts(lambda: begun.append(counted(counts)))
    counts.add("made")
    counts.add("hit")
    thread = threading.Thread(target=counts.add, args=("hit",))
    thread.start()
    thread.join()

    assert begun == [{"made": 1}, {"made": 1, "hit": 2}]


def test_counting_costs_next_to_nothing():
    """Below 0.3 µs of CPU on the machine of the trial; ten times that may pass here."""
    counts = PageCounts()
    counts.add("hit")
    times = []
    for _ in range(5):
        before = time.process_time()
        for _ in range(20_000):
            counts.add("hit")
        times.append((time.process_time() - before) / 20_000)

    assert min(times) < 3e-6


def test_forked_process_counts_from_nothing():
    begun = []
    counts = PageCounts(lambda: begun.append(os.getpid()))
    counts.add("hit")
    counts.add("hit")
    reader, writer = os.pipe()
    child = os.fork()
    if not child:  # pragma: no cover - in the other process
        counts.add("made")
        told = {"ways": counted(counts), "begun": begun == [os.getppid(), os.getpid()]}
        os.write(writer, json.dumps(told).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert json.loads(os.read(reader, 1_000)) == {"ways": {"made": 1}, "begun": True}
    assert counted(counts) == {"hit": 2}


# --- the files ---


def garbled(**over):
    whole = {"ways": {"hit": 1}, "memory": {}, "copies": None, "is_failing": False, "stale_at": ""}
    return json.dumps(whole | over).encode()


@pytest.fixture
def leave(tmp_path):
    """Leave the counts of a process of one's own invention."""

    def leave_(number, counts, *, seconds_ago=0.0):
        write_counts(tmp_path, counts)
        file = own_file(tmp_path).rename(tmp_path / f"counts-{number}.json")
        at = time.time() - seconds_ago
        os.utime(file, (at, at))
        return file

    return leave_


def test_nothing_was_counted(tmp_path):
    assert read_counts(tmp_path / "pages") == Totals()
    assert (Totals().answered, Totals().rendered, Totals().ratio) == (0, 0, 0.0)


def test_processes_are_summed_up(tmp_path, leave):
    older, newer = Holding(9, 900, 9_000), Holding(10, 1_000, 9_000)
    at = "2026-03-01T12:00:00+00:00"
    leave(7, Counts({"hit": 5, "stale": 1}, Holding(1, 10, 100), newer, stale_at=at))
    leave(8, Counts({"hit": 2, "made": 1, "past": 1}, Holding(2, 20, 100), older), seconds_ago=5)

    totals = read_counts(tmp_path)

    assert totals == Totals(
        processes=2,
        ways=NONE | {"hit": 7, "made": 1, "stale": 1, "past": 1},
        memory=Holding(3, 30, 200),
        copies=newer,
        stale_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    assert (totals.answered, totals.rendered, totals.ratio) == (10, 2, 0.8)


def test_one_failing_process_is_enough(tmp_path, leave):
    leave(7, Counts({"hit": 1}, is_failing=True))
    leave(8, Counts({"hit": 1}))

    assert read_counts(tmp_path).is_failing


def test_dead_processes_are_left_out_and_their_files_removed(tmp_path, leave):
    dead = leave(7, Counts({"hit": 100}), seconds_ago=GONE_SECONDS + 1)
    living = leave(8, Counts({"hit": 2}), seconds_ago=GONE_SECONDS - 5)

    assert (read_counts(tmp_path).processes, read_counts(tmp_path).answered) == (1, 2)
    assert (dead.exists(), living.exists()) == (False, True)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b'{"ways": {"hit": 1}}',
        garbled(ways=7),
        garbled(ways={"hit": "many"}),
        garbled(memory={"bytes": 1, "more": 2}),
        garbled(memory={"bytes": "some"}),
        garbled(copies=3),
        garbled(stale_at="yesterday"),
        garbled(stale_at=5),
    ],
)
def test_garbage_is_no_process(tmp_path, leave, garbage):
    leave(7, Counts({"hit": 2}))
    (tmp_path / "counts-8.json").write_bytes(garbage)

    assert read_counts(tmp_path) == Totals(processes=1, ways=NONE | {"hit": 2})


def test_a_whole_one_is(tmp_path):
    (tmp_path / "counts-8.json").write_bytes(garbled())

    assert read_counts(tmp_path) == Totals(processes=1, ways=NONE | {"hit": 1})


def test_draft_and_foreign_files_are_not_read(tmp_path, leave):
    file = leave(7, Counts({"hit": 2}))
    (tmp_path / ".counts-9").write_bytes(file.read_bytes())
    (tmp_path / "copies.sqlite3").write_bytes(file.read_bytes())

    assert read_counts(tmp_path).answered == 2


def test_reader_never_meets_half_a_file(tmp_path):
    """Written again and again while it is read: each time the whole of one state."""
    over = threading.Event()

    def write():
        while not over.is_set():
            for number in (1, 10**9):
                write_counts(tmp_path, Counts({"hit": number, "made": number}))

    writer = threading.Thread(target=write)
    write_counts(tmp_path, Counts({"hit": 1, "made": 1}))
    writer.start()
    seen = [read_counts(tmp_path) for _ in range(300)]
    over.set()
    writer.join()

    assert {totals.processes for totals in seen} == {1}
    assert {totals.ways["hit"] - totals.ways["made"] for totals in seen} == {0}
