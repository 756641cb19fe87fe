"""What a process costs: how long it takes to start, and what two workers hold after load."""

import time
from statistics import median
from typing import Final

from bench.clients import CONNECTIONS
from bench.context import Bench, owner
from bench.crowd import Crowd
from bench.report import Cell, Column, Section
from bench.routes import make_routes
from bench.server import Server
from bench.steady import offer
from bench.targets import Target, verdict
from bench.visitor import Visitor
from shared.page_counts import EVERY_SECONDS, read_counts

STARTS: Final = 3
START: Final = Target(1.5, "s")
MEMORY: Final = Target(160, "MB", ".0f")
COLUMNS: Final = (Column("process"), Column("found", ".2f"), Column("target"), Column("verdict"))
SEED: Final = 3
RATE: Final = 200  # visits a second by the crowd
SECONDS: Final = 5
MEGABYTE: Final = 1_000_000


def measure(bench: Bench) -> Section:
    """Start three times, then load every address of the last one."""
    starts = [_start(bench) for _ in range(STARTS - 1)]
    with bench.serving() as server:
        starts.append(server.started)
        _load(bench, server)
        time.sleep(EVERY_SECONDS + 1)  # until both workers have told of their pages
        held, memory = read_counts(bench.folder / "pages").memory, server.memory()
    rows = (
        _row("start to the first answer, s", median(starts), START),
        _row("two workers, RSS, MB", memory.rss, MEMORY),
        _row("two workers, shared counted once, MB", memory.pss),
        _row(f"of it {held.pages} pages, MB", held.bytes / MEGABYTE),
    )
    return Section("process", "start, and memory after load on everything", COLUMNS, rows)


def _row(name: str, found: float, target: Target | None = None) -> tuple[Cell, ...]:
    return name, found, str(target or ""), verdict((target, found))


def _start(bench: Bench) -> float:
    with bench.serving() as server:
        return server.started


def _load(bench: Bench, server: Server) -> None:
    signed_in = owner(server)
    for route in make_routes(bench.plan):
        visitor = signed_in if route.is_console else Visitor(server.port)
        route.ask(visitor)
        headers = {"Cookie": visitor.cookie} if visitor.cookies else {}
        bench.client(server.port, route.target, headers, CONNECTIONS, 1)
    offer(server.port, Crowd(bench.plan, SEED).visits(), rate=RATE, seconds=SECONDS)
