"""Requests that never end, against a real server."""

import threading
import time

import pytest

from tests.live.conftest import running

pytestmark = pytest.mark.live


def test_what_never_ends_is_cut_off_and_its_worker_replaced(tmp_path):
    """Nobody else notices: every other request is answered all the time."""
    statuses, pids, over = [], set(), threading.Event()
    config = "tests/live/hasty_conf.py"
    with running(tmp_path, config=config, REQUEST_SECONDS="1", WORKERS="2") as server:

        def keep_asking():
            while not over.is_set():
                answer = server.ask("/pid")
                statuses.append(answer.status)
                pids.add(answer.body)
                time.sleep(0.005)

        thread = threading.Thread(target=keep_asking)
        thread.start()
        deadline = time.monotonic() + 10
        while len(pids) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        at_first = set(pids)
        began = time.monotonic()
        cut = [server.ask(path) for path in ("/api/loop", "/hang")]
        spent = time.monotonic() - began
        while server.log.count("Worker exiting") < 1 and time.monotonic() < deadline + 20:
            time.sleep(0.05)
        time.sleep(1)
        pids.clear()
        time.sleep(2)
        over.set()
        thread.join()
        log = server.log
    assert [(answer.status, answer.headers.get("retry-after")) for answer in cut] == [
        (503, "10"),
        (200, None),
    ]
    assert cut[1].body == b"5\r\nbegun\r\n"  # broken off: no last chunk
    assert spent < 10
    assert set(statuses) == {200}
    assert pids - at_first
    assert "Cut off after 1 s: GET /api/loop" in log
    assert "tests/live/whole.py" in log
    assert ", in loop\n" in log.replace("    | ", "")
    assert "this worker ends, another takes its place" in log


def test_a_single_worker_stays(tmp_path):
    config = "tests/live/hasty_conf.py"
    with running(tmp_path, config=config, REQUEST_SECONDS="1") as server:
        before = server.ask("/pid").body
        assert [server.ask("/api/loop").status for _ in range(3)] == [503] * 3
        assert server.ask("/pid").body == before
        assert server.ask("/api/v1").status == 200
