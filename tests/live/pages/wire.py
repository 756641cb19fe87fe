"""A connection that is kept, as fast as Python reads one: many thousand requests in a test."""

import socket
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Answer:
    """An answer taken apart; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, unpacked if need be."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (zlib.decompress(self.body, 31) if packed else self.body).decode()

    @property
    def told(self) -> tuple[int, bool]:
        """The status, and whether the answer says that it may be old."""
        return self.status, {"warning", "age"} <= self.headers.keys()


class Wire:
    """One connection to a server, opened again when the server closed it between two requests."""

    def __init__(self, port: int, *, host: str = "localhost", timeout: float = 30) -> None:
        self.port = port
        self._address = "127.0.0.1", port
        self._host, self._timeout = host, timeout
        self._socket: socket.socket | None = None
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def get(self, path: str, *headers: str) -> Answer:
        """Ask for a path; raises OSError when the server does not answer."""
        return self.ask("GET", path, *headers)

    def ask(self, method: str, path: str, *headers: str, body: bytes = b"") -> Answer:
        """Send a request and return its answer."""
        given = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", *headers]
        if body or method == "POST":
            given.append(f"Content-Length: {len(body)}")
        raw = "\r\n".join([*given, "", ""]).encode("latin-1") + body
        if self._socket is not None and self._asked:
            try:
                return self._exchange(raw, method)
            except (ConnectionError, EOFError):  # the server ended the idle connection
                self.close()
        return self._exchange(raw, method)

    def _exchange(self, raw: bytes, method: str) -> Answer:
        if self._socket is None:
            self._socket, self._asked = socket.create_connection(self._address, self._timeout), 0
        connection = self._socket
        connection.sendall(raw)
        self._asked += 1
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += _more(connection)
        first, *lines = got[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (s.partition(": ") for s in lines)}
        status, body = int(first.split(" ", 2)[1]), got[end + 4 :]
        length = 0 if method == "HEAD" or status == 304 else int(headers["content-length"])
        while len(body) < length:
            body += _more(connection)
        if headers.get("connection") == "close":
            self.close()
        return Answer(status, headers, body)


def _more(connection: socket.socket) -> bytes:
    got = connection.recv(262_144)
    if not got:
        raise EOFError("the server closed the connection")
    return got


def wait_until(is_so: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait for something to become true; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
