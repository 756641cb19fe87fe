"""Dates as people write them in front matter."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

# Ruby reads much that no standard has, such as `2023-01-29 18:30:22 2023 -0800`.
_WRITTEN = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d+))?)?"
    r"\s*(?P<half>[AaPp][Mm])?)?"
    r"(?:\s+\d{4})?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)


def parse_moment(value: Any, zone: tzinfo | None) -> datetime:
    """Read a date with or without time; one that names no zone lies in `zone`, else in UTC.

    Raises ValueError for what is no date.
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone or UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), tzinfo=zone or UTC)
    match = _WRITTEN.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(f"“{value}” is no date such as 2019-01-08 09:30:00 +0100")
    try:
        return _moment(match, zone)
    except ValueError as error:
        raise ValueError(f"“{value}” is no date: {error}") from error


def _moment(match: re.Match[str], zone: tzinfo | None) -> datetime:
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    return datetime(
        int(match["year"]),
        int(match["month"]),
        int(match["day"]),
        hour,
        int(match["minute"] or 0),
        int(match["second"] or 0),
        int(f"{match['fraction'] or ''}000000"[:6]),
        tzinfo=_zone(match["zone"]) or zone or UTC,
    )


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written in {"Z", "UTC", "GMT"}:
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
