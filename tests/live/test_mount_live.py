"""Failures inside an application, with a real server around it."""

import json
import threading
import time

import pytest

from tests.live.whole import FILE

pytestmark = pytest.mark.live


def test_an_application_that_exits_does_not_take_the_worker_along(server):
    before = server.ask("/pid").body
    assert server.ask("/exit").status == 500
    assert json.loads(server.ask("/api/exit").body)["error_code"] == 999
    late = server.ask("/exit-late")
    assert (late.status, late.body) == (200, b"5\r\nbegun\r\n")  # cut off: no last chunk
    assert server.ask("/pid").body == before
    assert "frontend failed at GET /exit-late" in server.log


def test_an_error_at_the_first_step_has_only_the_headers_of_the_500(server):
    answer = server.ask("/error-at-first-step")
    assert (answer.status, "x-own" in answer.headers) == (500, False)
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert b"swordfish" not in answer.body


def test_a_file_is_sent_whole(server):
    answer = server.ask("/media/file")
    assert (answer.status, answer.body == FILE) == (200, True)


def test_a_flood_of_slow_requests_leaves_the_site_alone(server):
    codes = []
    threads = [
        threading.Thread(target=lambda: codes.append(server.ask("/api/slow").status))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    answer = server.ask("/page/")
    spent = time.monotonic() - began
    admin = server.ask("/admin/page/")
    for thread in threads:
        thread.join()
    assert (answer.status, admin.status, spent < 0.5) == (200, 200, True)
    assert sorted(codes) == [200] * 2 + [503] * 10
    assert server.ask("/api/v1").status == 200
    assert "api is full: 2 in progress" in server.log
