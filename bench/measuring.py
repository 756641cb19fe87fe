"""Measures the same question on several servers, in turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.clients import Client, Load
from bench.server import Server


@dataclass(frozen=True)
class Question:
    """A request: its target, and the headers that it is asked with."""

    target: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Side:
    """One server's medians over the rounds; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass(frozen=True)
class Turns:
    """How a server is loaded: by whom, over how many connections, how often and how long.

    Each is first loaded for the seconds of `warm_up`, which do not count.
    """

    client: Client
    connections: int
    rounds: int
    seconds: int
    warm_up: int = 0

    def measure(self, *asked: tuple[Server, Question]) -> list[Side]:
        """Load the servers in turns and return the medians of each."""
        spells: list[list[tuple[Load, float]]] = [[] for _ in asked]
        for server, question in asked if self.warm_up else ():
            self._load(server, question, self.warm_up)
        for number in range(self.rounds):
            pairs = list(zip(asked, spells, strict=True))
            for (server, question), kept in pairs if number % 2 else reversed(pairs):
                before = server.cpu()
                load = self._load(server, question, self.seconds)
                kept.append((load, server.cpu() - before))
        return list(map(_medians, spells))

    def _load(self, server: Server, question: Question, seconds: int) -> Load:
        headers = {"Accept-Encoding": "identity", **question.headers}
        return self.client(server.port, question.target, headers, self.connections, seconds)


def _medians(spells: Sequence[tuple[Load, float]]) -> Side:
    return Side(
        rate=median(load.requests / load.seconds for load, _ in spells),
        p50=median(load.p50 for load, _ in spells),
        p99=median(load.p99 for load, _ in spells),
        cpu=median(cpu / load.requests * 1_000 for load, cpu in spells),
    )
