"""Clients that send or take slowly, against a real server with one worker of eight threads."""

import signal
import socket
import threading
import time
from contextlib import ExitStack

import pytest

from tests.live.conftest import Answer, running

pytestmark = pytest.mark.live

SOON = 1.5  # seconds, for a machine that is busy with other tests too; starved, it takes 5 and more
HALF = b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
REST = b"1\r\n\r\n"
CLOSING = b"GET /page/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
KEPT = b"GET /pid HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    """A server that waits 2 s for a head, and 2 s for a client to take its answer."""
    folder = tmp_path_factory.mktemp("hasty")
    with running(folder, HEAD_SECONDS="2", REQUEST_SECONDS="2") as started:
        yield started


class Bad:
    """Many connections that each send the same and then nothing."""

    def __init__(self, server, count, sent, *, receive=None):
        self.connections = []
        for _ in range(count):
            connection = socket.socket()
            if receive:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
            connection.settimeout(10)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(sent)
            self.connections.append(connection)

    def __enter__(self):
        return self.connections

    def __exit__(self, *_):
        for connection in self.connections:
            connection.close()


def read(connection):
    """Read until the server closes."""
    return b"".join(iter(lambda: connection.recv(65_536), b""))


def slowest(server, seconds=1.0):
    """Return the slowest answer, in seconds, that a good client gets meanwhile."""
    spent, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        assert server.ask("/page/").status == 200
        spent.append(time.monotonic() - began)
    return max(spent)


POST = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"


@pytest.mark.parametrize(
    ("count", "sent"),
    [
        (8, HALF),
        (32, HALF),
        (400, HALF),
        (32, b""),
        (32, b"\r\n\r\n"),
        (32, KEPT + HALF),
        (32, POST % b"/admin/gulp"),
        (32, POST % b"/api/gulp"),
        (32, POST % b"/api/slow"),
        (32, CLOSING),
    ],
)
def test_many_slow_clients_do_not_slow_a_good_one(hasty, count, sent):
    with Bad(hasty, count, sent):
        assert slowest(hasty) < SOON
    assert slowest(hasty, 0.1) < SOON


def test_slow_readers_do_not_slow_a_good_client_and_lose_their_places(hasty):
    request = b"GET /media/big HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with Bad(hasty, 12, request, receive=4_096):
        assert slowest(hasty) < SOON
        assert hasty.ask("/media/file").status == 503
        deadline = time.monotonic() + 10
        while hasty.ask("/media/file").status == 503 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert hasty.ask("/media/file").status == 200
    assert "A client did not take its answer in time" in hasty.log


def test_a_head_that_comes_in_pieces_is_answered(hasty):
    with Bad(hasty, 1, b"") as [connection]:
        for part in (b"\r\nGET /page/?q=1 HT", b"TP/1.1\r\nHost: local", b"host\r\n", b"\r"):
            connection.sendall(part)
            time.sleep(0.1)
        connection.sendall(b"\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_head_that_is_not_whole_in_time_is_a_408(hasty):
    with Bad(hasty, 1, HALF) as [connection]:
        began = time.monotonic()
        answer = Answer(read(connection))
        spent = time.monotonic() - began
    assert (answer.status, answer.headers["connection"], answer.body) == (408, "close", b"")
    assert 1.5 < spent < 4


def test_a_silent_connection_is_closed_without_a_word(hasty):
    with Bad(hasty, 1, b"") as [connection]:
        assert read(connection) == b""


def test_a_head_without_end_is_a_431(hasty):
    with Bad(hasty, 1, HALF) as [connection]:
        connection.sendall(b"x" * 70_000)
        assert Answer(read(connection)).status == 431


def test_a_body_that_stops_coming_is_a_408_of_its_mount(hasty):
    with Bad(hasty, 1, POST % b"/api/gulp") as [connection]:
        answer = Answer(connection.recv(65_536))
    assert (answer.status, answer.headers["content-type"]) == (408, "application/problem+json")


def test_a_slow_body_that_keeps_coming_is_taken_whole(hasty):
    length = 60_000
    head = (
        b"POST /gulp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    )
    with Bad(hasty, 1, head % length) as [connection]:
        for _ in range(10):
            time.sleep(0.4)  # 4 s in all, with two for the head and two for the work
            connection.sendall(b"x" * (length // 10))
        answer = read(connection)
    assert answer.endswith(b"5\r\n60000\r\n0\r\n\r\n")


def test_a_connection_is_kept_for_the_next_requests(hasty):
    with Bad(hasty, 1, KEPT) as [connection]:
        first = connection.recv(65_536)
        connection.sendall(KEPT[:20])
        time.sleep(0.2)
        connection.sendall(KEPT[20:] + KEPT)  # and one more in the same breath
        time.sleep(0.5)
        rest = connection.recv(65_536)
    assert (first.count(b"HTTP/1.1 200 OK"), rest.count(b"HTTP/1.1 200 OK")) == (1, 2)
    assert b"Connection: keep-alive" in first


def test_more_heads_than_may_wait_push_out_the_oldest(hasty):
    with ExitStack() as stack:
        oldest = stack.enter_context(Bad(hasty, 1, HALF))[0]
        stack.enter_context(Bad(hasty, 560, HALF))
        began = time.monotonic()
        assert Answer(read(oldest)).status == 408
        assert time.monotonic() - began < 1.5  # before its time
        assert slowest(hasty, 0.3) < SOON


def test_the_server_ends_while_heads_wait(tmp_path):
    with running(tmp_path, HEAD_SECONDS="60") as server:
        server.ask("/pid")
        with Bad(server, 40, HALF) as waiting:
            time.sleep(0.3)
            began = time.monotonic()
            server.process.terminate()
            waiting[0].sendall(REST)  # one that still comes in time is answered
            assert read(waiting[0]).startswith(b"HTTP/1.1 200 OK")
            assert server.process.wait(20) == 0
            assert time.monotonic() - began < 10


def test_a_reload_loses_no_request_while_heads_wait(tmp_path):
    statuses, over = [], threading.Event()
    with running(tmp_path, HEAD_SECONDS="60", WORKERS="2") as server:
        before = server.ask("/pid").body

        def keep_asking():
            while not over.is_set():
                statuses.append(server.ask("/page/").status)

        with Bad(server, 40, HALF):
            thread = threading.Thread(target=keep_asking)
            thread.start()
            server.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 30
            while server.log.count("Worker exiting") < 2 and time.monotonic() < deadline:
                time.sleep(0.1)
            over.set()
            thread.join()
        assert server.ask("/pid").body != before
    assert set(statuses) == {200}
