"""The load: `wrk` where it is installed, else threads of our own; one of them for both sides."""

import json
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

CONNECTIONS: Final = 6
SCRIPT: Final = Path(__file__).with_name("wrk.lua")
GRACE: Final = 30.0  # seconds beyond its own time after which a client is given up


class LoadError(RuntimeError):
    """Requests failed or were refused under load."""


@dataclass(frozen=True)
class Load:
    """What one spell of load came to; latencies in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float


# Called with port, request target, headers, connections and seconds.
Client = Callable[[int, str, Mapping[str, str], int, int], Load]


def choose_client() -> tuple[str, Client]:
    """Return the name and the function of the client to use."""
    return ("wrk", ask_by_wrk) if shutil.which("wrk") else ("threads", ask_by_threads)


def ask_by_wrk(
    port: int, target: str, headers: Mapping[str, str], connections: int, seconds: int
) -> Load:
    """Load a server with wrk; raises LoadError when a request fails."""
    given = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    load = ("-t", "1", "-c", str(connections), "-d", f"{seconds}s", "-s", str(SCRIPT))
    done = subprocess.run(
        ["wrk", *load, *given, f"http://127.0.0.1:{port}{target}"],
        check=True,
        capture_output=True,
        text=True,
        timeout=seconds + GRACE,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    _check(told["requests"], told["failed"], target)
    return Load(told["requests"], told["duration"] / 1e6, told["p50"] / 1_000, told["p99"] / 1_000)


def ask_by_threads(
    port: int, target: str, headers: Mapping[str, str], connections: int, seconds: int
) -> Load:
    """Load a server with kept connections of our own; raises LoadError when a request fails."""
    begun = time.perf_counter()
    spells = [_Spell(port, target, headers, begun + seconds) for _ in range(connections)]
    threads = [threading.Thread(target=spell.run, daemon=True) for spell in spells]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + GRACE)
    taken = time.perf_counter() - begun
    latencies = [latency for spell in spells for latency in spell.latencies]
    _check(len(latencies), sum(spell.failed for spell in spells), target)
    p50, p99 = quantiles(latencies)
    return Load(len(latencies), taken, p50 * 1_000, p99 * 1_000)


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the median and the value that 99 of 100 do not exceed."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, round(len(ordered) * 0.99))]


class _Spell:
    """One connection, asking again and again until its time is over."""

    def __init__(self, port: int, target: str, headers: Mapping[str, str], until: float) -> None:
        self.port, self.target, self.headers, self.until = port, target, dict(headers), until
        self.latencies: list[float] = []
        self.failed = 0

    def run(self) -> None:
        """Ask until time is over."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=GRACE)
        while (begun := time.perf_counter()) < self.until:
            try:
                connection.request("GET", self.target, headers=self.headers)
                response = connection.getresponse()
                response.read()
            except OSError:
                self.failed += 1
                break
            self.failed += response.status >= 400
            self.latencies.append(time.perf_counter() - begun)
        connection.close()


def _check(requests: int, failed: int, target: str) -> None:
    if failed or not requests:
        raise LoadError(f"{target}: {failed} of {requests} requests failed under load")
