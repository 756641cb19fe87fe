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
    """What became of the visits; latencies in milliseconds from when each was due."""

    visits: int
    p50: float
    p99: float


class VisitError(RuntimeError):
    """A visit was not answered with a right page."""


def offer(
    port: int, paths: Iterable[str], *, rate: float, seconds: float, expect: Expect | None = None
) -> Offered:
    """Ask for one path after the other, `rate` a second; raises VisitError."""
    crowd = _Visits(port, paths, rate, round(rate * seconds), expect or _expect_nothing)
    threads = [threading.Thread(target=crowd.go, daemon=True) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + GRACE)
    if crowd.failed or len(crowd.latencies) < crowd.count:
        raise VisitError(crowd.failed or "visits were not answered in time")
    p50, p99 = quantiles(crowd.latencies)
    return Offered(crowd.count, p50 * 1_000, p99 * 1_000)


class _Visits:
    """Visits that are due one after the other, made by whoever is free."""

    def __init__(
        self, port: int, paths: Iterable[str], rate: float, count: int, expect: Expect
    ) -> None:
        self.port, self.count, self.expect = port, count, expect
        self.latencies: list[float] = []
        self.failed = ""
        self._turn = threading.Lock()
        self._due = self._plan(iter(paths), rate)

    def _plan(self, paths: Iterator[str], rate: float) -> Iterator[tuple[float, str]]:
        begun = time.perf_counter()
        for number in range(self.count):
            yield begun + number / rate, next(paths)

    def go(self) -> None:
        """Make visits until there are no more."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=GRACE)
        while not self.failed:
            with self._turn:
                at, path = next(self._due, (0.0, ""))
            if not path:
                break
            time.sleep(max(0.0, at - time.perf_counter()))
            try:
                self._visit(connection, path)
            except (OSError, HTTPException, AssertionError) as error:
                self.failed = f"{path}: {error!r}"
            self.latencies.append(time.perf_counter() - at)
        connection.close()

    def _visit(self, connection: HTTPConnection, path: str) -> None:
        check = self.expect(path)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise AssertionError(f"answered {response.status}")
        check(body)


def _expect_nothing(_: str) -> Callable[[bytes], None]:
    return lambda _: None
