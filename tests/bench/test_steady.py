"""Visits at a fixed rate: what is due when, what counts as late, what ends the run."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, repeat

import pytest

from bench.flood import Flood, flooding
from bench.steady import VisitError, offer


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        if self.path == "/slow":
            time.sleep(0.5)
        self.send_response({"/down": 500, "/full": 503}.get(self.path, 200))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Answering.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a visitor that gave up
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_path_is_asked_for_once_at_its_time(port: int):
    begun = time.perf_counter()
    found = offer(port, cycle(["/a", "/b"]), rate=50, seconds=0.4)
    assert time.perf_counter() - begun >= 0.38
    assert sorted(Answering.asked) == ["/a"] * 10 + ["/b"] * 10
    assert (found.visits, found.late) == (20, 0)
    assert 0 < found.p50 <= found.p99


def test_waiting_in_line_counts(port: int):
    found = offer(port, repeat("/slow"), rate=1_000, seconds=0.04)  # more than may ask at a time
    assert found.visits == 40
    assert found.p99 > 1_000


def test_who_waits_too_long_gives_up(port: int):
    found = offer(port, repeat("/slow"), rate=1_000, seconds=0.04, patience=0.1)
    assert (found.visits, found.late) == (40, 40)
    assert found.p50 >= 100


def test_failing_answer_ends_the_run(port: int):
    with pytest.raises(VisitError, match=r"/down: .*answered 500"):
        offer(port, repeat("/down"), rate=100, seconds=0.2)


def test_wrong_page_ends_the_run(port: int):
    def expect(path: str):
        def check(page: bytes) -> None:
            assert (path, page) == ("/a", b"other")

        return check

    with pytest.raises(VisitError, match="/a: AssertionError"):
        offer(port, repeat("/a"), rate=100, seconds=0.2, expect=expect)


def test_flood_counts_answers_and_refusals(port: int):
    with flooding(port, Flood(2, "/full")) as refused, flooding(port, Flood(2, "/a")) as told:
        time.sleep(1.0)
    assert (told.refused, told.answered) == (0, Answering.asked.count("/a"))
    assert (refused.answered, refused.refused) == (0, Answering.asked.count("/full"))
    assert 0 < refused.refused < told.answered
