"""How the pages of the site were answered: counted by each process, summed up for people.

A process writes its counts to a small file of its own; the console and the commands read them.
It touches the file every ten seconds: process ids say nothing across containers, and return.
"""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from weakref import WeakSet

EVERY_SECONDS: Final = 10.0
GONE_SECONDS: Final = 60.0  # a file untouched for so long is of a process that was killed
# How a page was answered: from memory, from the copy on disk, after waiting for another's
# rendering, rendered, as it was before the database was gone, or at an address that is not kept.
WAYS: Final = ("hit", "copy", "shared", "made", "stale", "past")
RENDERED: Final = ("made", "past")

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Holding:
    """How many pages there are somewhere, and the bytes they take of how many."""

    pages: int = 0
    bytes: int = 0
    limit: int = 0


@dataclass(frozen=True)
class Counts:
    """What one process tells of itself; `stale_at` is when it last knew no better (ISO 8601).

    `copies` are those of all processes, None where none are kept; `is_failing` says that they
    could not be written.
    """

    ways: Numbers
    memory: Holding = Holding()
    copies: Holding | None = None
    is_failing: bool = False
    stale_at: str = ""


@dataclass(frozen=True)
class Totals:
    """The sums over the processes that run now."""

    processes: int = 0
    ways: Numbers = field(default_factory=dict)
    memory: Holding = Holding()
    copies: Holding | None = None
    is_failing: bool = False
    stale_at: datetime | None = None

    @property
    def answered(self) -> int:
        """How many pages were asked for."""
        return sum(self.ways.values())

    @property
    def rendered(self) -> int:
        """How many of them had to be rendered."""
        return sum(self.ways.get(way, 0) for way in RENDERED)

    @property
    def ratio(self) -> float:
        """The part of them that needed no rendering."""
        return 1 - self.rendered / self.answered if self.answered else 0.0


class PageCounts:
    """The counts of this process; each thread counts by itself, so that none is lost.

    `begin` is called when a thread counts for the first time, in a forked process once more.
    """

    def __init__(self, begin: Callable[[], None] = lambda: None) -> None:
        self._begin = begin
        self.start_anew()
        _counting.add(self)

    def start_anew(self) -> None:
        """Forget everything."""
        self._lock = threading.Lock()
        self._local = threading.local()
        self._all: list[tuple[threading.Thread, dict[str, int]]] = []
        self._gone: Counter[str] = Counter()

    def add(self, way: str) -> None:
        """Count one answer."""
        try:
            self._local.counts[way] += 1
        except AttributeError:
            counts = self._local.counts = dict.fromkeys(WAYS, 0)  # half of what a Counter costs
            counts[way] += 1
            with self._lock:
                self._all.append((threading.current_thread(), counts))
            self._begin()

    def ways(self) -> dict[str, int]:
        """Return the counts of all threads together."""
        with self._lock:
            ended = [one for one in self._all if not one[0].is_alive()]
            for one in ended:
                self._all.remove(one)
                self._gone.update(one[1])
            return dict(sum((Counter(counts) for _, counts in self._all), self._gone.copy()))


_counting: WeakSet[PageCounts] = WeakSet()


def _start_anew() -> None:
    for counts in list(_counting):
        counts.start_anew()


os.register_at_fork(after_in_child=_start_anew)


def own_file(folder: Path) -> Path:
    """Return where this process's counts lie."""
    return folder / f"counts-{os.getpid()}.json"


def write_counts(folder: Path, counts: Counts) -> None:
    """Leave this process's counts where others find them; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".counts-{os.getpid()}"
    draft.write_text(json.dumps(counts, default=vars), encoding="ascii")
    draft.replace(own_file(folder))


def read_counts(folder: Path) -> Totals:
    """Return the sums over all processes that still run; files of others are removed."""
    files = [(_touched(file), file) for file in folder.glob("counts-*.json")]
    found = [_read(file, at) for at, file in sorted(files)]
    living = [counts for counts in found if counts is not None]
    ways: Counter[str] = Counter()
    for counts in living:
        ways.update(counts.ways)
    memory = [counts.memory for counts in living]
    copies = [counts.copies for counts in living if counts.copies is not None]
    stale = [datetime.fromisoformat(counts.stale_at) for counts in living if counts.stale_at]
    return Totals(
        processes=len(living),
        ways={way: ways[way] for way in WAYS} if living else {},
        memory=Holding(*(sum(numbers) for numbers in _columns(memory))),
        copies=copies[-1] if copies else None,  # all have the same ones: the newest knows best
        is_failing=any(counts.is_failing for counts in living),
        stale_at=max(stale, default=None),
    )


def _numbers(told: Numbers) -> dict[str, int]:
    return {name: int(number) for name, number in told.items()}


def _columns(holdings: Sequence[Holding]) -> tuple[list[int], ...]:
    return (
        [holding.pages for holding in holdings],
        [holding.bytes for holding in holdings],
        [holding.limit for holding in holdings],
    )


def _touched(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _read(file: Path, touched: float) -> Counts | None:
    try:
        if time.time() - touched > GONE_SECONDS:
            file.unlink()
            return None
        told = json.loads(file.read_text(encoding="ascii"))
        counts = Counts(
            ways=_numbers(told["ways"]),
            memory=Holding(**_numbers(told["memory"])),
            copies=Holding(**_numbers(told["copies"])) if told["copies"] else None,
            is_failing=told["is_failing"],
            stale_at=told["stale_at"] and datetime.fromisoformat(told["stale_at"]).isoformat(),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return counts
