"""Visits at a fixed rate, whatever the server does: waiting in line counts as waiting."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Final

from bench.clients import GRACE, quantiles

CONNECTIONS: Final = 16
# Called with a path before it is asked for; what it returns is called with the page, and raises.
Expect = Callable[[str], Callable[[bytes], None]]


@dataclass(frozen=True)
class Offered:
    """What became of the visits; latencies in milliseconds from when each was due.

    `late` ones were given up and count with the time until then.
    """

    visits: int
    late: int
    p50: float
    p99: float


class VisitError(RuntimeError):
    """A visit was not answered with a right page."""


def offer(
    port: int,
    paths: Iterable[str],
    *,
    rate: float,
    seconds: float,
    patience: float = GRACE,
    expect: Expect | None = None,
) -> Offered:
    """Ask for one path after the other, `rate` a second; raises VisitError for a wrong answer.

    Visitors give up after `patience` seconds.
    """
    due = _plan(iter(paths), rate, round(rate * seconds))
    crowd = _Visits(port, due, patience, expect or _expect_nothing)
    threads = [threading.Thread(target=crowd.go, daemon=True) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if crowd.failed:
        raise VisitError(crowd.failed)
    p50, p99 = quantiles(crowd.latencies)
    return Offered(len(crowd.latencies), crowd.late, p50 * 1_000, p99 * 1_000)


class _Visits:
    """Visits that are due one after the other, made by whoever is free."""

    def __init__(
        self, port: int, due: Iterator[tuple[float, str]], patience: float, expect: Expect
    ) -> None:
        self.port, self.patience, self.expect = port, patience, expect
        self.latencies: list[float] = []
        self.late = 0
        self.failed = ""
        self._due = due
        self._turn = threading.Lock()
        self._kept = threading.local()

    def go(self) -> None:
        """Make visits until there are no more."""
        while not self.failed:
            with self._turn:
                at, path = next(self._due, (0.0, ""))
            if not path:
                break
            time.sleep(max(0.0, at - time.perf_counter()))
            try:
                self._visit(at, path)
            except TimeoutError:
                self._close()
                self.late += 1
            except (OSError, HTTPException, AssertionError) as error:
                self.failed = f"{path}: {error!r}"
            self.latencies.append(time.perf_counter() - at)
        self._close()

    def _visit(self, at: float, path: str) -> None:
        left = at + self.patience - time.perf_counter()
        if left <= 0:
            raise TimeoutError
        check, connection = self.expect(path), self._connect(left)
        connection.request("GET", path)
        response = connection.getresponse()
        page = response.read()
        if response.status != 200:
            raise AssertionError(f"answered {response.status}")
        check(page)

    def _connect(self, left: float) -> HTTPConnection:
        """Return this thread's connection, which waits only so long."""
        connection: HTTPConnection | None = getattr(self._kept, "connection", None)
        if connection is None:
            connection = self._kept.connection = HTTPConnection("127.0.0.1", self.port)
        connection.timeout = left
        if connection.sock is not None:
            connection.sock.settimeout(left)
        return connection

    def _close(self) -> None:
        if connection := getattr(self._kept, "connection", None):
            connection.close()


def _plan(paths: Iterator[str], rate: float, count: int) -> Iterator[tuple[float, str]]:
    """Yield when each visit is due, and its path."""
    begun = time.perf_counter()
    for number in range(count):
        yield begun + number / rate, next(paths)


def _expect_nothing(_: str) -> Callable[[bytes], None]:
    return lambda _: None
