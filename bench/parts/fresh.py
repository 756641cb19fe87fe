"""What a hit pays for being always right: one question to the database, in this process."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Final

from bench.context import Bench
from bench.report import Cell, Column, Section
from bench.targets import Target, verdict
from frontend.pagestore.freshness import Freshness
from frontend.pagestore.shelf import Shelf
from frontend.pagestore.watch import Watch
from shared.runtime import Runtime
from shared.settings import Settings
from tests.servers import running_postgres

CALLS: Final = 5_000
REPEATS: Final = 9
PATIENCE: Final = 5.0  # seconds
LEAST: Final = "SELECT 1"  # the least that can be asked
SQLITE: Final = Target(3, "µs", ".1f")
COLUMNS: Final = (
    Column("question"), Column("CPU µs", ".2f"), Column("waited µs", ".1f"),
    Column("target"), Column("verdict"),
)  # fmt: skip
NOTES: Final = ("CPU: the least of nine spells of 5,000; waited: their median, by the clock.",)


def measure(bench: Bench) -> Section:
    """Measure the check on SQLite and on PostgreSQL."""
    rows = list(_rows("SQLite", Runtime(Settings(instance=bench.folder)), SQLITE))
    with _postgres(bench) as runtime:
        rows += _rows("PostgreSQL", runtime, None)
    return Section("fresh", "the freshness check of a hit", COLUMNS, rows, NOTES)


def _rows(name: str, runtime: Runtime, target: Target | None) -> Iterator[tuple[Cell, ...]]:
    """Measure one database; what is asked of the whole check holds for its question too."""
    database = runtime.database
    freshness = Freshness(database, runtime.clock, Shelf(0))
    asked: dict[str, tuple[Callable[[], object], Target | None]] = {
        LEAST: (database.question(LEAST, patience=PATIENCE).ask, None),
        "the version": (Watch(database).version, None),
        "the whole check": (freshness.check, target),
    }
    for what, (call, wanted) in asked.items():
        cpu, waited = cost(call)
        yield f"{name}: {what}", cpu, waited, str(wanted or ""), verdict((wanted, cpu))
    database.close()


def cost(call: Callable[[], object]) -> tuple[float, float]:
    """Return the microseconds of a call: the least processor time, the middle of the waiting."""
    spells = []
    for _ in range(REPEATS):
        begun, cpu = time.perf_counter(), time.thread_time()
        for _ in range(CALLS):
            call()
        spells.append((time.thread_time() - cpu, time.perf_counter() - begun))
    costs, waits = zip(*spells, strict=True)
    return min(costs) / CALLS * 1e6, median(waits) / CALLS * 1e6


@contextmanager
def _postgres(bench: Bench) -> Iterator[Runtime]:
    """Give an empty, migrated PostgreSQL; what a check costs does not hang on the content."""
    with running_postgres() as url:
        runtime = Runtime(Settings(instance=bench.folder, database_url=url))
        runtime.database.upgrade()
        yield runtime
