"""Both clients count every request and refuse to time an answer that failed."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.clients import Client, LoadError, ask_by_threads, ask_by_wrk, choose_client

CLIENTS = [ask_by_threads, *([ask_by_wrk] if shutil.which("wrk") else [])]


class Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]]

    def do_GET(self):
        self.asked.append((self.path, self.headers.get("Cookie", "")))
        self.send_response(503 if self.path == "/down" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Counting.asked = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize("client", CLIENTS)
def test_load_counts_the_requests(server: ThreadingHTTPServer, client: Client) -> None:
    load = client(server.server_port, "/a?b=c", {"Cookie": "name=value"}, 6, 1)
    assert set(Counting.asked) == {("/a?b=c", "name=value")}
    assert 0 <= len(Counting.asked) - load.requests <= 6
    assert 0.9 < load.seconds < 3
    assert 0 < load.p50 <= load.p99 < 3_000


@pytest.mark.parametrize("client", CLIENTS)
def test_load_on_a_failing_page_is_refused(server: ThreadingHTTPServer, client: Client) -> None:
    with pytest.raises(LoadError, match="/down"):
        client(server.server_port, "/down", {}, 6, 1)


def test_client_is_wrk_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert choose_client() == ("wrk", ask_by_wrk)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert choose_client() == ("threads", ask_by_threads)
