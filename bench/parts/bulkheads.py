"""The front page while others flood the server, with the bulkheads and without."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import repeat
from typing import Final
from urllib.parse import urlencode

from bench import slow
from bench.content import ALL_TAGS
from bench.context import Bench, owner
from bench.flood import Flood, Told, flooding
from bench.report import Cell, Column, Section
from bench.server import NO_PAGES, THREADS, Server
from bench.steady import Offered, offer
from bench.visitor import FORM, hidden_fields
from shared.settings import Settings
from shared.urls import path_to

CLIENTS: Final = 32  # twice the threads of both workers
EXPORTS: Final = 24
RATE: Final = 100  # visits to the front page a second
SECONDS: Final = 3
PATIENCE: Final = 4.0  # seconds after which a visitor gives up
ALONE: Final = "alone"
LIMITS: Final = ("LIMIT_ADMIN", "LIMIT_API", "LIMIT_EXPORTS", "LIMIT_MEDIA")
COLUMNS: Final = (
    Column("meanwhile"), Column("bulkheads"), Column("stored p50", ".1f"), Column("p99 ms", ".1f"),
    Column("rendered p50", ".1f"), Column("p99 ms ", ".1f"), Column("answered/s", ".1f"),
    Column("refused/s", ".0f"), Column(""),
)  # fmt: skip
NOTES: Final = (
    f"{CLIENTS} clients search by the API, or wait there {slow.WAIT:g} s for each answer;",
    f"{EXPORTS} clients export everything. Who is refused tries again in 0.1 s.",
    f"Visitors of the front page give up after {PATIENCE:g} s, and count with these.",
)


def measure(bench: Bench) -> Section:
    """Ask for the front page, stored and rendered anew, beside each flood."""
    rows: dict[tuple[str, str], list[tuple[Offered, Told]]] = {}
    for kept in ({}, NO_PAGES):
        for bulkheads in ("on", "off"):
            for name, found in _ask(bench, bulkheads, kept):
                rows.setdefault((name, bulkheads), []).append(found)
    title = f"the front page, {RATE} times a second, while others flood the server"
    ordered = sorted(rows.items(), key=lambda item: list(rows).index((item[0][0], "on")))
    return Section("bulkheads", title, COLUMNS, [row(*key, found) for key, found in ordered], NOTES)


def row(name: str, bulkheads: str, found: list[tuple[Offered, Told]]) -> tuple[Cell, ...]:
    """Return a line of the table: the stored page, then the rendered one."""
    (stored, first), (rendered, second) = found
    seconds = 2 * SECONDS
    others = [
        (first.answered + second.answered) / seconds,
        (first.refused + second.refused) / seconds,
    ]
    told = others if name != ALONE else [None, None]
    return (name, bulkheads, stored.p50, stored.p99, rendered.p50, rendered.p99, *told, "")


def _ask(
    bench: Bench, bulkheads: str, kept: dict[str, str]
) -> Iterator[tuple[str, tuple[Offered, Told]]]:
    """Measure on one server: alone, then beside each flood."""
    with bench.serving("bench.slow:application", **limits(bulkheads), **kept) as server:
        floods: dict[str, Flood | None] = {ALONE: None, **_floods(server)}
        for name, flood in floods.items():
            print(f"front page, {name}, bulkheads {bulkheads}", file=sys.stderr)
            with flooding(server.port, flood) if flood else nullcontext(Told()) as told:
                paths = repeat(path_to("frontend", "posts.index"))
                found = offer(server.port, paths, rate=RATE, seconds=SECONDS, patience=PATIENCE)
            yield name, (found, told)


def limits(bulkheads: str) -> dict[str, str]:
    """Return the settings of a server: as installed, or as if there were no limits."""
    given = {"BENCH_BULKHEADS": bulkheads}
    usual = {name: str(getattr(Settings(), name.lower())) for name in LIMITS}
    return given | (usual if bulkheads == "on" else dict.fromkeys(LIMITS, str(THREADS)))


def _floods(server: Server) -> dict[str, Flood]:
    search = path_to("api", "search.index", query={"q": ALL_TAGS[0], "limit": 100})
    visitor = owner(server)
    hidden = hidden_fields(visitor.get(path_to("admin", "export.index")).text)
    export = Flood(
        EXPORTS,
        path_to("admin", "export.download"),
        "POST",
        urlencode({**hidden, "media": "y", "drafts": "y"}),
        {"Cookie": visitor.cookie, "Content-Type": FORM},
    )
    return {
        "API searches": Flood(CLIENTS, search),
        "API waits": Flood(CLIENTS, slow.PATH),
        "exports": export,
    }
