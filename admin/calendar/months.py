"""Months and days as a calendar has them, and the instants at which days begin in a zone."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from shared.domain.posts import YEARS

_WRITTEN: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
MORNING: Final = 9


@dataclass(frozen=True, order=True)
class Month:
    """One month of a year in which something can be published."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that a day is in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, words: str) -> "Month | None":
        """Return the month that is written as `2026-12`, else None."""
        match = _WRITTEN.fullmatch(words)
        if match is None or int(match[1]) not in YEARS:
            return None
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Return it as an address has it."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def before(self) -> "Month | None":
        """The month before, None where nothing can be published any more."""
        return self._known(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month | None":
        """The month after, None where nothing can be published any more."""
        return self._known(self.first + timedelta(days=31))

    def weeks(self, weekday: int) -> list[list[date]]:
        """Return whole weeks that begin with a weekday, Monday being 0, and cover the month."""
        return Calendar(weekday).monthdatescalendar(self.year, self.number)

    def _known(self, day: date) -> "Month | None":
        return Month.of(day) if day.year in YEARS else None


def read_day(words: str) -> date | None:
    """Return the day that is written as `2026-12-12`, else None."""
    try:
        day = date.fromisoformat(words) if len(words) == 10 else None
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None


def begin_of(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a day, which need not be midnight where clocks go forward."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def propose(day: date, zone: tzinfo, now: datetime) -> datetime | None:
    """Return a time to publish at: nine in the morning, later today the next whole hour.

    None where the day has passed, or has no whole hour left.
    """
    morning = datetime.combine(day, time(MORNING), zone).astimezone(UTC)
    if morning > now:
        return morning
    hour = now.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    later = hour + timedelta(hours=1)
    return later if later.astimezone(zone).date() == day else None
