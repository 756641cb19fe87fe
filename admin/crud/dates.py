"""Ranges of days as the URL has them: `2026-03-01..2026-03-31`, either end may be missing."""

from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _

from admin.acting import zone

BETWEEN = ".."


def join_range(first: str, last: str) -> str:
    """Return two days, as a form sends them, as one value; empty for none."""
    return f"{first}{BETWEEN}{last}" if first or last else ""


def split_range(value: str) -> tuple[str, str]:
    """Return the first day and the last, as a form shows them."""
    first, _between, last = value.partition(BETWEEN)
    return first, last


def is_range(value: str) -> bool:
    """Tell whether a value is two days, one of which may be missing."""
    first, between, last = value.partition(BETWEEN)
    days = [day for day in (first, last) if day]
    return bool(between and days) and all(_day(day) is not None for day in days)


def read_range(value: str) -> tuple[datetime | None, datetime | None]:
    """Return the instants that the days begin with and end before, in the site's zone."""
    first, last = map(_day, split_range(value))
    following = last + timedelta(days=1) if last is not None else None
    return _begin(first), _begin(following)


def tell_range(value: str) -> str:
    """Return the days in words."""
    first, last = split_range(value)
    if first == last:
        return first
    if not first:
        return str(_("until %(day)s", day=last))
    if not last:
        return str(_("since %(day)s", day=first))
    return str(_("%(first)s to %(last)s", first=first, last=last))


def _day(words: str) -> date | None:
    """Return a day that our calendars have on every side of the date line, else None."""
    try:
        day = date.fromisoformat(words) if len(words) == 10 else None
    except ValueError:
        return None
    return day if day is not None and 1 < day.year < 9999 else None


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), zone()).astimezone(UTC) if day is not None else None
