import sys
import threading
import time
from contextlib import suppress

import pytest

from shared import time_limit
from shared.time_limit import TimeLimit, TimeUp, uninterrupted


def describe(about):
    return f"GET {about.get('path', '/')}"


def spin(seconds):
    """Work in Python without an end of its own."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass
    return "done"


@pytest.fixture
def limit():
    return TimeLimit(0.1, describe)


@pytest.fixture
def fast_switches():
    """Let the threads of this process take turns every 10 µs."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture(autouse=True)
def _nothing_is_left():
    yield
    assert (time_limit._running, time_limit._cut, time_limit._shielded) == ({}, {}, set())


def test_a_call_within_its_time_returns_what_it_returns():
    about = {}
    assert TimeLimit(5, describe).call(about, max, 1, 2) == 2
    assert about == {}


def test_a_call_keeps_its_own_error(limit):
    with pytest.raises(ZeroDivisionError):
        limit.call({}, lambda: 1 / 0)


def test_an_endless_loop_is_cut_off(limit):
    about, began = {}, time.monotonic()
    with pytest.raises(TimeUp):
        limit.call(about, spin, 10)
    assert (about, time.monotonic() - began < 1) == ({"triptych.cut": True}, True)


def test_except_exception_does_not_swallow_it(limit):
    def careless():
        with suppress(Exception):
            spin(10)
        return "went on"

    with pytest.raises(TimeUp):
        limit.call({}, careless)


def test_who_swallows_it_gets_the_next(limit, monkeypatch):
    monkeypatch.setattr(time_limit, "AGAIN_SECONDS", 0.1)
    swallowed = []

    def stubborn():
        while True:
            try:
                spin(10)
            except TimeUp:
                swallowed.append(1)
                if len(swallowed) == 3:
                    raise

    with pytest.raises(TimeUp):
        limit.call({}, stubborn)
    assert len(swallowed) == 3


def test_the_log_tells_the_path_the_request_and_where_it_was(limit, caplog):
    about = {"path": "/slow", "triptych.request_id": "trace-0007"}
    with pytest.raises(TimeUp):
        limit.call(about, spin, 10)
    deadline = time.monotonic() + 2
    while not caplog.records and time.monotonic() < deadline:
        time.sleep(0.01)
    record = caplog.records[0]
    assert record.getMessage() == "Cut off after 0.1 s: GET /slow"
    assert "in spin\n    while time.monotonic() < until" in record.stack_info


def test_a_moment_without_interruption_does_not_count(limit):
    def careful():
        with uninterrupted():
            spin(0.5)
        return "whole"

    about = {}
    assert (limit.call(about, careful), about) == ("whole", {})


def test_after_a_moment_without_interruption_the_limit_is_back(limit):
    steps = []

    def careful():
        with uninterrupted():
            spin(0.2)
        steps.append("whole")
        spin(10)

    with pytest.raises(TimeUp):
        limit.call({}, careful)
    assert steps == ["whole"]


def test_what_was_raised_before_is_delivered_in_front_of_the_moment():
    limit = TimeLimit(1_000, describe)
    entered = []

    def late():
        limit.look(time.monotonic() + 2_000)  # raises in this very thread, at the next step
        with uninterrupted():
            entered.append(1)

    with pytest.raises(TimeUp):
        limit.call({}, late)
    assert entered == []


def test_the_server_is_asked_until_it_agrees():
    limit = TimeLimit(1_000, describe)
    limit._watchdog = threading.current_thread()  # nobody else looks
    answers = iter([False, False, True])
    asked = []
    limit.after_cut = lambda: asked.append(1) or next(answers)
    with pytest.raises(TimeUp):
        limit.call({}, lambda: limit.look(time.monotonic() + 2_000) or spin(10))
    for _ in range(4):
        limit.look(time.monotonic())
    assert len(asked) == 3


def race(limit, number, outcomes):
    """Make one call of about the length of the limit; note how its race with its end went."""
    about, outcome = {}, "stray"
    try:
        limit.call(about, spin, 0.0001 + hash(str(number)) % 1_000 * 1e-7)
        outcome = "taken back" if about else "in time"
    except TimeUp:
        if about:
            outcome = "cut off"
    try:
        for _ in range(20):  # what comes next on this thread, for which no time was up
            len(str(number))
    except TimeUp:
        outcome = "stray"
    outcomes[outcome] += 1


def test_no_exception_ever_reaches_the_next_call_of_its_thread(fast_switches):
    limit = TimeLimit(0.0002, describe)
    limit._log = lambda *_: None
    limit._watchdog = threading.current_thread()  # it is driven below, without its pauses
    over = threading.Event()
    outcomes = dict.fromkeys(("in time", "cut off", "taken back", "stray"), 0)

    def is_enough():  # "taken back": it was raised, and the call had just returned
        return outcomes["cut off"] > 2_000 and outcomes["taken back"] > 20

    def work():
        until = time.monotonic() + 60
        while not is_enough() and time.monotonic() < until:
            race(limit, time.monotonic(), outcomes)

    def watch():
        while not over.is_set():
            limit.look(time.monotonic())

    threads = [threading.Thread(target=work) for _ in range(2)]
    watchdog = threading.Thread(target=watch)
    for thread in (watchdog, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watchdog.join()
    assert (outcomes["stray"], is_enough()) == (0, True)


def test_a_fork_starts_without_watchdog_and_without_work():
    import os

    limit = TimeLimit(0.1, describe)
    assert limit.call({}, int) == 0
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = b"failed"
        with suppress(BaseException):
            fresh = limit._watchdog is None
            try:
                limit.call({}, spin, 5)
            except TimeUp:
                told = b"cut off" if fresh else b"old"
        os.write(writing, told)
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"cut off"


def test_a_log_that_is_stuck_does_not_stop_the_watchdog(monkeypatch):
    monkeypatch.setattr(time_limit, "LOG_SECONDS", 0.1)
    limit, stuck, asked = TimeLimit(0.1, describe), threading.Event(), []
    limit._log = lambda *_: stuck.wait(30)
    limit.after_cut = lambda: asked.append(1) or True
    for _ in range(2):
        with pytest.raises(TimeUp):
            limit.call({}, spin, 10)
    deadline = time.monotonic() + 5
    while len(asked) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    stuck.set()
    assert len(asked) == 2
