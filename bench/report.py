"""The figures as tables, each beside its target."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bench.measuring import Side
from bench.routes import QUERIES, Route
from bench.server import Memory

MEMORY: Final = 160.0  # megabytes, both workers
START: Final = 1.5  # seconds
BUSY: Final = 0.5  # load average above which figures are not to be trusted

HEAD: Final = (
    "page", "req/s", "bare", "ratio", "p50 ms", "p99 ms", "bare p99",
    "CPU ms", "bare CPU", "target", "queries", "verdict",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One address: the real server and the bare one, the answer's bytes, and its statements."""

    route: Route
    real: Side
    bare: Side
    bytes: int
    queries: int

    @property
    def ratio(self) -> float:
        """Requests per second of the real server as a part of the bare one's."""
        return self.real.rate / self.bare.rate

    def verdict(self) -> str:
        """Say whether the targets are reached, else by how much each is missed."""
        missed = []
        over = self.real.cpu - (self.route.budget or float("inf"))
        if over > 0:
            missed.append(f"missed by {over:.2f} ms")
        if self.queries > QUERIES:
            missed.append(f"missed by {self.queries - QUERIES} queries")
        return ", ".join(missed) or "reached"

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        budget = self.route.budget
        return (
            self.route.name,
            f"{self.real.rate:,.0f}",
            f"{self.bare.rate:,.0f}",
            f"{self.ratio:.2f}",
            f"{self.real.p50:.1f}",
            f"{self.real.p99:.1f}",
            f"{self.bare.p99:.1f}",
            f"{self.real.cpu:.2f}",
            f"{self.bare.cpu:.2f}",
            f"{budget:.1f}" if budget else "",
            str(self.queries),
            self.verdict(),
        )


@dataclass(frozen=True)
class Report:
    """Everything that a run found; `start` in seconds, `load` what the machine did before."""

    size: int
    client: str
    rows: tuple[Row, ...]
    memory: Memory
    start: float
    load: float

    def as_text(self) -> str:
        """Return the tables."""
        title = f"{self.size:,} posts, asked by {self.client}, medians"
        if self.load > BUSY:
            title += f"; DISTURBED: the load of the machine was {self.load:.1f} before the run"
        pages = aligned([HEAD, *(row.cells() for row in self.rows)])
        return f"{title}\n\n{pages}\n\n{aligned(self._process())}"

    def as_json(self) -> str:
        """Return the figures for a program to read."""
        rows = [
            {
                "page": row.route.name,
                "target": row.route.target,
                "budget_ms": row.route.budget,
                "real": asdict(row.real),
                "bare": asdict(row.bare),
                "ratio": row.ratio,
                "bytes": row.bytes,
                "queries": row.queries,
                "verdict": row.verdict(),
            }
            for row in self.rows
        ]
        told = {"posts": self.size, "client": self.client, "load": self.load, "rows": rows}
        told |= {"memory_mb": asdict(self.memory), "start_seconds": self.start}
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"

    def _process(self) -> list[tuple[str, ...]]:
        memory = self.memory
        return [
            ("process", "found", "target", "verdict"),
            (
                "two workers, RSS, MB",
                f"{memory.rss:.0f}",
                f"{MEMORY:.0f}",
                judge(memory.rss, MEMORY),
            ),
            ("two workers, PSS, MB", f"{memory.pss:.0f}", "", ""),
            ("start to first answer, s", f"{self.start:.2f}", f"{START}", judge(self.start, START)),
        ]


def judge(found: float, target: float) -> str:
    """Say whether a figure is at most its target, else by how much it is missed."""
    return "reached" if found <= target else f"missed by {found - target:.2f}"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Return lines in columns: the first and the last to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    ends = {0, len(widths) - 1}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in ends else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
