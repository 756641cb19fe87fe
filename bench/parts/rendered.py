"""Pages rendered anew, lists of the API and screens of the console, beside the bare callable."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from bench.checks import WrongAnswerError
from bench.context import Bench, owner
from bench.measuring import Question, Side
from bench.queries import count_queries
from bench.report import Cell, Column, Section
from bench.routes import QUERIES, Route, make_routes
from bench.server import NO_PAGES, Server
from bench.targets import verdict
from bench.visitor import Answer, Visitor

# Requests for one page that meet in a worker share its rendering: they must not meet.
CONNECTIONS: Final = 1
COLUMNS: Final = (
    Column("page"), Column("req/s", ",.0f"), Column("bare", ",.0f"), Column("ratio", ".2f"),
    Column("p50 ms", ".1f"), Column("p99 ms", ".1f"), Column("CPU ms", ".2f"),
    Column("bare CPU", ".2f"), Column("target"), Column("at 10,000", ".2f"),
    Column("growth", ".2f"), Column("queries"), Column("verdict"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """An address, what it is asked with, the right answer, and its statements."""

    route: Route
    question: Question
    answer: Answer
    queries: int


def measure(bench: Bench) -> Section:
    """Measure every address with a store that keeps nothing."""
    rows = []
    with ExitStack() as stack:
        real = stack.enter_context(bench.serving(**NO_PAGES))
        asked = _ask(bench, real)
        small = stack.enter_context(bench.base())
        base = stack.enter_context(small.serving(**NO_PAGES)) if small else None
        before = _ask(small, base) if small and base else [None] * len(asked)
        bare = stack.enter_context(bench.bare([(one.question, one.answer) for one in asked]))
        for one, then in zip(asked, before, strict=True):
            print(f"measuring {one.route.name}", file=sys.stderr)
            sides = [(real, one.question), (bare, one.question)]
            if base and then:
                sides.append((base, then.question))
            mark = real.mark()
            found = bench.turns(CONNECTIONS).measure(*sides)
            _check_ways(one.route, real, mark)
            rows.append(row(one.route, found, one.queries))
    return Section("rendered", "answered anew, one request after the other", COLUMNS, rows)


def row(route: Route, sides: Sequence[Side], queries: int) -> tuple[Cell, ...]:
    """Return a line of the table; the sides are the real, the bare and the smaller site."""
    real, bare, *smaller = sides
    cpu = smaller[0].cpu if smaller else None
    growth = real.cpu / cpu if cpu else None
    judged = verdict((route.budget, real.cpu), (QUERIES, queries), (route.grows, growth))
    budget = str(route.budget or "")
    speed = (real.rate, bare.rate, real.rate / bare.rate, real.p50, real.p99)
    return (route.name, *speed, real.cpu, bare.cpu, budget, cpu, growth, queries, judged)


def _ask(bench: Bench, server: Server) -> list[Asked]:
    """Check every address as a visitor or as the owner, and count its statements."""
    routes = [route for route in make_routes(bench.plan) if bench.options.pages in route.name]
    signed_in = owner(server) if any(route.is_console for route in routes) else None
    found = []
    for route in routes:
        visitor = (signed_in if route.is_console else None) or Visitor(server.port)
        headers = {"Cookie": visitor.cookie} if visitor.cookies else {}
        found.append((route, Question(route.target, headers), route.ask(visitor)))
    wanted = [(one.target, one.headers.get("Cookie", "")) for _, one, _ in found]
    counts = count_queries(bench.folder, wanted)
    return [Asked(*one, queries) for one, queries in zip(found, counts, strict=True)]


def _check_ways(route: Route, server: Server, mark: int) -> None:
    ways = server.ways(mark)
    if route.is_page and set(ways) != {"made"}:
        raise WrongAnswerError(f"{route.name} was not rendered anew each time: {dict(ways)}")
