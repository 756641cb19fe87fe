"""One run: three starts, the checks, the counts, the load in turns, the memory."""

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.clients import choose_client
from bench.content import Plan
from bench.instance import PASSWORD
from bench.loading import OWNER
from bench.measuring import check_answer, check_same, measure, write_answers
from bench.queries import count_queries
from bench.report import Report, Row
from bench.routes import Route, make_routes
from bench.server import Server, serving
from bench.visitor import Answer, Visitor

STARTS: Final = 3


@dataclass(frozen=True)
class Options:
    """How long and what to measure; `only` is a part of the names, empty for all."""

    rounds: int
    seconds: int
    only: str = ""


@dataclass(frozen=True)
class Asked:
    """An address, the cookie it is asked with, the right answer, and its statements."""

    route: Route
    cookie: str
    answer: Answer
    queries: int


def run(plan: Plan, folder: Path, options: Options) -> Report:
    """Measure every address on the instance in `folder`."""
    routes = [route for route in make_routes(plan) if options.only in route.name]
    load = os.getloadavg()[0]
    starts = [_start(folder) for _ in range(STARTS - 1)]
    name, client = choose_client()
    rows = []
    with ExitStack() as stack:
        real = stack.enter_context(serving("dispatcher:application", folder))
        asked = _ask(real, folder, routes)
        bare = stack.enter_context(_bare(folder, asked))
        for one in asked:
            check_same(one.route, one.answer, Visitor(bare.port).get(one.route.target))
            print(f"measuring {one.route.name}", file=sys.stderr)
            sides = measure(
                one.route,
                (real, bare),
                client,
                cookie=one.cookie,
                rounds=options.rounds,
                seconds=options.seconds,
            )
            rows.append(Row(one.route, *sides, len(one.answer.body), one.queries))
        memory = real.memory()
    start = median([*starts, real.started])
    return Report(len(plan.entries), name, tuple(rows), memory, start, load)


def _start(folder: Path) -> float:
    with serving("dispatcher:application", folder) as server:
        return server.started


def _ask(server: Server, folder: Path, routes: Sequence[Route]) -> list[Asked]:
    """Check every address as a visitor or as the owner, and count its statements."""
    guest, owner = Visitor(server.port), Visitor(server.port)
    if any(route.is_console for route in routes):
        owner.sign_in(OWNER, PASSWORD)
    found = []
    for route in routes:
        visitor = owner if route.is_console else guest
        found.append((route, visitor.cookie, check_answer(route, visitor)))
    counts = count_queries(folder, [(route.target, cookie) for route, cookie, _ in found])
    return [Asked(*one, queries) for one, queries in zip(found, counts, strict=True)]


def _bare(folder: Path, asked: Sequence[Asked]) -> AbstractContextManager[Server]:
    """Serve the same answers without an application, from an instance of its own."""
    kept = folder.with_name("answers.json")
    write_answers({one.route.target: one.answer for one in asked}, kept)
    own = folder.with_name("bare")
    return serving(
        "bench.bare:application", own, probe=asked[0].route.target, BENCH_ANSWERS=str(kept)
    )
