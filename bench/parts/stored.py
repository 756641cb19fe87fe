"""A stored page of 12 KB and its 304 beside a callable that holds the same bytes."""

import sys
import time
from collections.abc import Sequence
from typing import Final

from bench.checks import WrongAnswerError
from bench.clients import CONNECTIONS
from bench.context import Bench
from bench.measuring import Question, Side
from bench.report import Cell, Column, Section
from bench.routes import Route, post_route
from bench.server import Server
from bench.targets import Target, verdict
from bench.visitor import Answer, Visitor

SIZE: Final = 12 * 1024  # bytes of the page
CANDIDATES: Final = 150  # newest posts among which it is looked for
EXTRA_ROUNDS: Final = 4
SECOND: Final = 1.1  # after which a page has its Last-Modified
RATE: Final = Target(0.95, "of the rate", is_least=True)
P99: Final = Target(1.3, "times p99")
CPU: Final = Target(35, "µs", ".0f")
COLUMNS: Final = (
    Column("answer"), Column("bytes", ","), Column("req/s", ",.0f"), Column("bare", ",.0f"),
    Column("ratio", ".2f"), Column("p50 ms", ".2f"), Column("p99 ms", ".2f"),
    Column("bare p99", ".2f"), Column("p99 ratio", ".2f"), Column("CPU µs", ".0f"),
    Column("bare CPU", ".0f"), Column("over", ".0f"), Column("verdict"),
)  # fmt: skip
TITLE: Final = f"a stored page beside the bare callable ({RATE}, {P99}, CPU {CPU} over it)"


def measure(bench: Bench) -> Section:
    """Measure the page plain, in Brotli, and as known to the client."""
    rows = []
    with bench.serving() as real:
        asked = _questions(_choose(bench, real), real)
        with bench.bare([(question, answer) for _, question, answer in asked]) as bare:
            for name, question, answer in asked:
                print(f"measuring {name}", file=sys.stderr)
                mark = real.mark()
                turns = bench.turns(CONNECTIONS, extra=EXTRA_ROUNDS, warm_up=1)
                sides = turns.measure((real, question), (bare, question))
                _check_hits(name, real, mark)
                rows.append(row(name, len(answer.body), sides))
    return Section("stored", TITLE, COLUMNS, rows)


def row(name: str, size: int, sides: Sequence[Side]) -> tuple[Cell, ...]:
    """Return a line of the table; the sides are the real server and the bare one."""
    real, bare = sides
    ratio, late = real.rate / bare.rate, real.p99 / bare.p99
    over = (real.cpu - bare.cpu) * 1_000
    judged = verdict((RATE, ratio), (P99, late), (CPU, over))
    speed = (real.rate, bare.rate, ratio, real.p50, real.p99, bare.p99, late)
    return (name, size, *speed, real.cpu * 1_000, bare.cpu * 1_000, over, judged)


def _choose(bench: Bench, server: Server) -> Route:
    """Return the post whose page comes next to the size wanted."""
    visitor = Visitor(server.port)
    routes = [post_route(entry) for entry in bench.plan.public[:CANDIDATES]]
    return min(routes, key=lambda route: abs(len(route.ask(visitor).body) - SIZE))


def _questions(route: Route, server: Server) -> list[tuple[str, Question, Answer]]:
    visitor = Visitor(server.port)
    for _ in range(20):  # in every worker, until its dates are settled
        visitor.get(route.target)
    time.sleep(SECOND)
    tag = route.ask(visitor).header("ETag")
    named = {
        "plain": {"Accept-Encoding": "identity"},
        "Brotli": {"Accept-Encoding": "br"},
        "304": {"Accept-Encoding": "identity", "If-None-Match": tag},
    }
    found = [(name, Question(route.target, given)) for name, given in named.items()]
    return [(name, one, visitor.get(one.target, one.headers)) for name, one in found]


def _check_hits(name: str, server: Server, mark: int) -> None:
    ways = server.ways(mark)
    if set(ways) - {"hit"} or not ways:
        raise WrongAnswerError(f"{name} was not always answered from memory: {dict(ways)}")
