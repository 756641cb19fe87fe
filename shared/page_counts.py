"""How the pages of the site were answered: counted by each process, summed up for people.

A process writes its counts to a small file of its own; the console and the commands read them.
"""

import json
import os
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

EVERY_SECONDS: Final = 10.0
# How a page was answered: from memory, from the copy on disk, after waiting for another's
# rendering, rendered, as it was before the database was gone, or at an address that is not kept.
WAYS: Final = ("hit", "copy", "shared", "made", "stale", "past")


@dataclass(frozen=True)
class Totals:
    """The sums over the processes that run now; `memory` in bytes."""

    processes: int = 0
    ways: Mapping[str, int] = field(default_factory=dict)
    pages: int = 0
    memory: int = 0
    limit: int = 0

    @property
    def asked(self) -> int:
        """How many pages were asked for at addresses that are kept."""
        return sum(count for way, count in self.ways.items() if way != "past")

    @property
    def ratio(self) -> float:
        """The part of them that needed no rendering."""
        return 1 - self.ways.get("made", 0) / self.asked if self.asked else 0.0


class PageCounts:
    """The counts of this process; each thread counts by itself, so that none is lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start_anew()
        os.register_at_fork(after_in_child=self._start_anew)

    def _start_anew(self) -> None:
        self._local = threading.local()
        self._all: list[Counter[str]] = []

    def add(self, way: str) -> None:
        """Count one answer."""
        try:
            self._local.counts[way] += 1
        except AttributeError:
            self._local.counts = Counter({way: 1})
            with self._lock:
                self._all.append(self._local.counts)

    def ways(self) -> dict[str, int]:
        """Return the counts of all threads together."""
        with self._lock:
            return dict(sum((Counter(counts) for counts in self._all), Counter()))


def write_counts(folder: Path, ways: Mapping[str, int], memory: Mapping[str, int]) -> None:
    """Leave this process's counts where others find them; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".counts-{os.getpid()}"
    draft.write_text(json.dumps({"ways": ways, **memory}), encoding="ascii")
    draft.replace(folder / f"counts-{os.getpid()}.json")


def read_counts(folder: Path) -> Totals:
    """Return the sums over all processes that still run; files of others are removed."""
    found = [_read(file) for file in sorted(folder.glob("counts-*.json"))]
    live = [counts for counts in found if counts]
    ways: Counter[str] = Counter()
    for counts in live:
        ways.update(counts["ways"])
    return Totals(
        processes=len(live),
        ways={way: ways[way] for way in WAYS},
        pages=sum(counts["pages"] for counts in live),
        memory=sum(counts["bytes"] for counts in live),
        limit=sum(counts["limit"] for counts in live),
    )


def _read(file: Path) -> dict[str, Any] | None:
    pid = file.stem.rpartition("-")[2]
    try:
        if not (pid.isdecimal() and _is_running(int(pid))):
            file.unlink()
            return None
        found: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return found


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
