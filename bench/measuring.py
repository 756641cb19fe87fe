"""Measures one address on the real server beside the bare one, in turns."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.checks import WrongAnswerError
from bench.clients import Client, Load
from bench.routes import Route
from bench.server import Server
from bench.visitor import Answer, Visitor

WARM_UP: Final = 1  # seconds
# What gunicorn writes itself.
HOP_HEADERS: Final = frozenset({"connection", "date", "server", "transfer-encoding"})


@dataclass(frozen=True)
class Side:
    """One server's medians over the rounds; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    cpu: float


def check_answer(route: Route, visitor: Visitor) -> Answer:
    """Return the right answer of an address; raises WrongAnswerError naming it."""
    answer = visitor.get(route.target)
    try:
        route.check(answer)
    except WrongAnswerError as error:
        raise WrongAnswerError(f"{route.name} ({route.target}): {error}") from error
    return answer


def write_answers(answers: dict[str, Answer], path: Path) -> None:
    """Write down what the bare server is to answer."""
    kept = {
        target: (
            f"{answer.status} {answer.reason}",
            [header for header in answer.headers if header[0].lower() not in HOP_HEADERS],
            base64.b64encode(answer.body).decode(),
        )
        for target, answer in answers.items()
    }
    path.write_text(json.dumps(kept))


def check_same(route: Route, real: Answer, bare: Answer) -> None:
    """Raise WrongAnswerError unless both servers answer with the same status and bytes."""
    if (real.status, real.body) != (bare.status, bare.body):
        raise WrongAnswerError(f"{route.name} ({route.target}): the bare server answers otherwise")


def measure(
    route: Route,
    servers: tuple[Server, Server],
    client: Client,
    *,
    cookie: str,
    rounds: int,
    seconds: int,
) -> tuple[Side, Side]:
    """Load the real and the bare server in turns and return the medians of each."""
    spells: tuple[list[tuple[Load, float]], ...] = ([], [])
    for server in servers:
        client(server.port, route.target, cookie, WARM_UP)
    for _ in range(rounds):
        for server, kept in zip(servers, spells, strict=True):
            before = server.cpu()
            load = client(server.port, route.target, cookie, seconds)
            kept.append((load, server.cpu() - before))
    real, bare = map(_medians, spells)
    return real, bare


def _medians(spells: Sequence[tuple[Load, float]]) -> Side:
    return Side(
        rate=median(load.requests / load.seconds for load, _ in spells),
        p50=median(load.p50 for load, _ in spells),
        p99=median(load.p99 for load, _ in spells),
        cpu=median(cpu / load.requests * 1_000 for load, cpu in spells),
    )
