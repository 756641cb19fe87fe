"""What precision is worth: a crowd and an editor, beside a store that drops everything."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from bench.context import WHOLE, Bench
from bench.crowd import Crowd, page_of
from bench.editor import Editor, editing, shown
from bench.report import Cell, Column, Section
from bench.server import Server
from bench.steady import VisitError, offer

SECONDS: Final = 20
WARM_UP: Final = 6_000  # visits beforehand, as fast as they are answered
AT_ONCE: Final = 10_000  # a second: more than can be
RATE: Final = 200  # visits a second
PATIENCE: Final = 120.0  # seconds for all of the warming up
PAUSE: Final = 1.0  # seconds between two edits
SEEDS: Final = {"warm-up": 7, "visits": 8, "edits": 9}
SIDES: Final = {"as it is": WHOLE, "dropping everything": "bench.dropping:application"}
COLUMNS: Final = (
    Column("store"), Column("visits", ","), Column("edits"), Column("from memory", ".1%"),
    Column("from disk", ".1%"), Column("rendered", ".1%"), Column("p50 ms", ".2f"),
    Column("p99 ms", ".2f"), Column("CPU ms a visit", ".2f"), Column("RSS MB", ".0f"), Column(""),
)  # fmt: skip


def measure(bench: Bench) -> Section:
    """Let the same crowd visit both stores, while posts are edited."""
    rows = [_visit(bench, name, application) for name, application in SIDES.items()]
    title = f"{RATE} visits a second by Zipf's law, an edit a second"
    return Section("zipf", title, COLUMNS, rows)


def _visit(bench: Bench, name: str, application: str) -> tuple[Cell, ...]:
    print(f"visiting a store {name}", file=sys.stderr)
    shutil.rmtree(bench.folder / "pages", ignore_errors=True)
    switch = {} if application == WHOLE else {"BENCH_DROPPING": "1"}
    with bench.serving(application, **switch) as server, editing(bench.folder) as editor:
        warm_up, visits, edits = (Crowd(bench.plan, seed) for seed in SEEDS.values())
        offer(
            server.port,
            warm_up.visits(),
            rate=AT_ONCE,
            seconds=WARM_UP / AT_ONCE,
            patience=PATIENCE,
        )
        mark, cpu, edited = server.mark(), server.cpu(), Edits()
        with edited.going_on(editor, edits):
            found = offer(
                server.port, visits.visits(), rate=RATE, seconds=SECONDS, expect=edited.expect
            )
        if found.late:
            raise VisitError(f"{found.late} visits were not answered at all")
        cpu = (server.cpu() - cpu) / found.visits * 1_000
        shares = _shares(server, mark)
        held = server.memory().rss
    return name, found.visits, edited.count, *shares, found.p50, found.p99, cpu, held, ""


def _shares(server: Server, mark: int) -> tuple[float, float, float]:
    """Return the parts of the answers from memory, from the disk, and rendered."""
    ways = server.ways(mark)
    kept = ways["hit"] + ways["shared"], ways["copy"]
    return kept[0] / ways.total(), kept[1] / ways.total(), 1 - sum(kept) / ways.total()


@dataclass
class Edits:
    """Edits that are made while visits go on, and what pages must show for them."""

    count: int = 0
    shown: dict[str, int] = field(default_factory=dict)
    failure: list[Exception] = field(default_factory=list)

    @contextmanager
    def going_on(self, editor: Editor, crowd: Crowd) -> Iterator[None]:
        """Edit a post every now and then; raises what went wrong."""
        is_over = threading.Event()
        thread = threading.Thread(target=self._edit, args=(editor, crowd, is_over))
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()
        for failure in self.failure:
            raise failure

    def expect(self, path: str) -> Callable[[bytes], None]:
        """Return a check that a page is not older than this moment."""
        wanted = self.shown.get(path, 0)

        def check(page: bytes) -> None:
            if wanted and shown(page) < wanted:
                raise AssertionError(f"shows edit {shown(page)} instead of {wanted}")

        return check

    def _edit(self, editor: Editor, crowd: Crowd, is_over: threading.Event) -> None:
        try:
            while not is_over.wait(PAUSE):
                entry = crowd.post()
                self.shown[page_of(entry)] = editor.edit(entry)
                self.count += 1
        except Exception as error:  # noqa: BLE001 - for the thread that waits
            self.failure.append(error)
