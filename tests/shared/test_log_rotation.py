import logging
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from shared.log_rotation import DAY, SharedFileHandler

PROCESSES, LINES = 4, 5_000


def make_handler(folder, *, max_bytes=10_000_000, max_days=7, keep=10_000):
    return SharedFileHandler(
        folder / "logs" / "triptych.log", max_bytes=max_bytes, max_days=max_days, keep=keep
    )


def record(message, *, created=None):
    made = logging.LogRecord("t", logging.INFO, "", 0, message, None, None)
    made.created = made.created if created is None else created
    return made


def lines_of(handler):
    found = []
    for path in [*handler.rotated(), handler.path]:
        text = path.read_text()
        assert text == "" or text.endswith("\n"), path
        found += text.splitlines()
    return found


def write_many(folder, writer, start):
    handler = make_handler(folder, max_bytes=20_000)
    start.wait()
    for number in range(LINES):
        handler.emit(record(f"{writer} {number:05d} " + "x" * (number % 90) + " end"))


def test_every_line_of_several_processes_is_kept_whole_and_once_through_rotations(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(PROCESSES)
    writers = [
        spawn.Process(target=write_many, args=(tmp_path, n, start)) for n in range(PROCESSES)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    handler = make_handler(tmp_path)
    found = Counter(tuple(line.split()) for line in lines_of(handler))
    expected = {
        (str(n), f"{i:05d}", *filter(None, ["x" * (i % 90)]), "end"): 1
        for n in range(PROCESSES)
        for i in range(LINES)
    }
    assert found == expected
    assert len(handler.rotated()) >= 50
    assert [writer.exitcode for writer in writers] == [0] * PROCESSES


def test_a_forked_child_and_its_parent_share_the_file(tmp_path):
    handler = make_handler(tmp_path, max_bytes=2_000)
    handler.emit(record("before the fork"))
    child = multiprocessing.get_context("fork").Process(
        target=lambda: [handler.emit(record(f"child {n}")) for n in range(500)]
    )
    child.start()
    for n in range(500):
        handler.emit(record(f"parent {n}"))
    child.join()

    expected = ["before the fork"] + [
        f"{who} {n}" for who in ("child", "parent") for n in range(500)
    ]
    assert sorted(lines_of(handler)) == sorted(expected)


def test_a_file_is_rotated_before_it_grows_over_its_size(tmp_path):
    handler = make_handler(tmp_path, max_bytes=100)
    for number in range(25):
        handler.emit(record(f"line {number:02d} of nineteen"[:19]))

    assert [path.stat().st_size for path in handler.rotated()] == [100] * 4
    assert lines_of(handler) == [f"line {n:02d} of nineteen"[:19] for n in range(25)]


def test_a_file_is_rotated_at_its_age_also_when_it_was_begun_by_an_earlier_process(tmp_path):
    earlier = make_handler(tmp_path, max_days=7)
    earlier.emit(record("old"))
    earlier.close()
    handler = make_handler(tmp_path, max_days=7)
    now = time.time()
    handler.emit(record("six days later", created=now + 6 * DAY))
    handler.emit(record("eight days later", created=now + 8 * DAY))
    handler.emit(record("nine days later", created=now + 9 * DAY))

    assert [path.read_text() for path in handler.rotated()] == ["old\nsix days later\n"]
    assert handler.path.read_text() == "eight days later\nnine days later\n"


def test_rotated_files_carry_moment_and_number_and_only_the_newest_are_kept(tmp_path):
    handler = make_handler(tmp_path, max_bytes=10, keep=3)
    moment = 1_795_392_000  # 2026-11-23T00:00:00Z
    os.utime((handler._open() and "") or handler._lock_path, (moment, moment))
    for number in range(6):
        handler.emit(record(f"line {number}...", created=moment + number))

    assert [path.name for path in handler.rotated()] == [
        f"triptych-20261123T00000{n}Z-00000{n}.log" for n in (3, 4, 5)
    ]
    assert lines_of(handler) == [f"line {n}..." for n in (2, 3, 4, 5)]


def test_numbers_count_on_when_the_clock_steps_back(tmp_path):
    handler = make_handler(tmp_path, max_bytes=10)
    for number, created in enumerate((2_000_000, 1_000_000, 500_000, 400_000)):
        handler.emit(record(f"line {number}...", created=created))

    assert lines_of(handler) == [f"line {n}..." for n in range(4)]


def test_a_file_that_was_moved_or_removed_is_begun_anew(tmp_path):
    handler = make_handler(tmp_path)
    handler.emit(record("one"))
    moved = handler.path.rename(tmp_path / "moved.log")
    handler.emit(record("two"))
    (handler.path.parent / "triptych.log").unlink()
    (handler.path.parent / "triptych.log.lock").unlink()
    handler.path.parent.rmdir()
    handler.emit(record("three"))

    assert moved.read_text() == "one\n"
    assert handler.path.read_text() == "three\n"


def test_a_rotation_in_another_process_is_not_waited_for(tmp_path):
    handler = make_handler(tmp_path, max_bytes=10)
    handler.emit(record("one......."))
    with handler._lock() as mine:
        handler.emit(record("two......."))
        assert (mine, handler.rotated()) == (True, [])
    handler.emit(record("three....."))

    assert lines_of(handler) == ["one.......", "two.......", "three....."]
    assert len(handler.rotated()) == 1


def test_a_file_that_cannot_be_opened_warns_once_and_is_tried_again(tmp_path, capsys, monkeypatch):
    (tmp_path / "logs").write_text("a file where the folder should be")
    handler = make_handler(tmp_path)
    for number in range(3):
        handler.emit(record(f"lost {number}"))
    (tmp_path / "logs").unlink()
    handler.emit(record("too early to try again"))
    monkeypatch.setattr(handler, "_retry_at", 0.0)
    handler.emit(record("kept"))

    path = tmp_path / "logs" / "triptych.log"
    assert capsys.readouterr().err.splitlines() == [
        f"WARNING: log file {path}: Not a directory; writing to the console only",
        f"WARNING: log file {path}: writing again, 4 lines missing",
    ]
    assert path.read_text() == "kept\n"


def test_a_full_device_warns_once(tmp_path, capsys):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "triptych.log").symlink_to("/dev/full")
    handler = make_handler(tmp_path)
    handler.emit(record("one"))
    handler.emit(record("two"))

    assert capsys.readouterr().err == (
        f"WARNING: log file {handler.path}: No space left on device; writing to the console only\n"
    )


def write_to_a_limit(folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
    handler = make_handler(Path(folder))
    for number in range(20):
        handler.emit(record(f"{number:02d} " + "x" * 70))
        handler._retry_at = 0.0


def test_a_line_that_the_disk_takes_only_half_of_is_cut_off_again(tmp_path):
    code = "import sys; from tests.shared.test_log_rotation import write_to_a_limit as write; "
    done = subprocess.run(
        [sys.executable, "-c", code + "write(sys.argv[1])", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    whole = [f"{n:02d} " + "x" * 70 for n in range(13)]  # 13 × 74 bytes are below 1,000
    assert lines_of(make_handler(tmp_path)) == whole
    assert done.stderr.count("writing to the console only") == 1


@pytest.mark.parametrize("text", ["中文 ✓", "lone \ud800 surrogate"])
def test_any_text_can_be_written(tmp_path, text):
    handler = make_handler(tmp_path)
    handler.emit(record(text))

    assert handler.path.read_text(encoding="utf-8") == text.replace("\ud800", "\\ud800") + "\n"
