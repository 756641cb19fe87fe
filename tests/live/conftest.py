"""A real gunicorn on a port of its own, as `gunicorn.conf.py` sets it up."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Server:
    """One running gunicorn; its log is what it wrote to the console so far."""

    def __init__(self, process, log_file, instance):
        self.process = process
        self.instance = instance
        self._log_file = log_file
        self.port = self._find_port()

    @property
    def log(self):
        return self._log_file.read_text()

    def _find_port(self):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", self.log):
                return int(found[1])
            time.sleep(0.02)
        raise RuntimeError(f"gunicorn did not start:\n{self.log}")

    def send(self, request: bytes) -> bytes:
        """Send raw bytes and return everything that is answered until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65_536), b""))

    def ask(self, target: str, *headers: str, method: str = "GET", body: bytes = b"") -> "Answer":
        """Send one request with the target as it stands."""
        given = "".join(f"{header}\r\n" for header in ("Host: localhost", *headers))
        head = f"{method} {target} HTTP/1.1\r\n{given}Connection: close\r\n\r\n"
        return Answer(self.send(head.encode("latin-1") + body))


class Answer:
    """An answer taken apart."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {
            name.lower(): value for name, value in (line.split(": ", 1) for line in lines)
        }


@contextmanager
def running(
    instance: Path,
    application: str = "tests.live.whole:application",
    config: str = "gunicorn.conf.py",
    **more: str,
):
    """Start gunicorn with settings, yield it, and stop it."""
    instance.mkdir(parents=True, exist_ok=True)
    log_file = instance / "console"
    env = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    env |= {
        "INSTANCE": str(instance),
        "PORT": "0",
        "WORKERS": "1",
        "JOBS": "0",
        "SECRET_KEY": "k" * 32,
    } | more
    command = [sys.executable, "-m", "gunicorn", "-c", config, application]
    with log_file.open("wb") as console:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=console, stderr=console)
    try:
        yield Server(process, log_file, instance)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker with eight threads; 10.0.0.0/8 and no local peer is a trusted proxy."""
    with running(tmp_path_factory.mktemp("live"), TRUSTED_PROXIES="10.0.0.0/8") as started:
        yield started


@pytest.fixture(scope="package")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same behind a proxy on this machine."""
    with running(tmp_path_factory.mktemp("proxied"), TRUSTED_PROXIES="127.0.0.1") as started:
        yield started
