"""How the site's pages are answered: mostly from memory, or something is wrong with it."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from shared.page_counts import Totals, read_counts

RECENTLY = timedelta(days=1)
FREE_BYTES = 1_000_000  # with less, neither copies nor counts are written


@dataclass(frozen=True)
class PagesKept:
    """How the site's pages were answered, and what is wrong with it.

    `stale_at` is when the database last did not answer, if that was in the last day.
    """

    totals: Totals
    is_failing: bool
    stale_at: datetime | None


def read_pages(instance: Path, now: datetime) -> PagesKept:
    """Read what the site's processes told of themselves, at most ten seconds ago."""
    folder = instance / "pages"
    totals = read_counts(folder)
    at = totals.stale_at
    return PagesKept(
        totals=totals,
        is_failing=totals.is_failing or (folder.exists() and not _is_writable(folder)),
        stale_at=at if at and now - at < RECENTLY else None,
    )


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free > FREE_BYTES
