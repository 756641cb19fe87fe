"""Instants as the wall clock of the site's zone shows them, and back."""

from datetime import UTC, datetime, tzinfo

from flask_babel import gettext as _

from shared.domain.posts import YEARS


class NoSuchTime(ValueError):
    """A text that names no instant in the zone; the message says why."""


def to_wall(instant: datetime | None, zone: tzinfo) -> str:
    """Return what a `datetime-local` field shows for an instant: minutes, no zone."""
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if instant else ""


def from_wall(text: str, zone: tzinfo, *, known: datetime | None = None) -> datetime | None:
    """Read a `datetime-local` field; empty is None, raises NoSuchTime.

    A text that still shows the `known` instant means that very instant, seconds and all. Where
    clocks go back, an hour comes twice: the first is meant.
    """
    text = text.strip()
    if not text:
        return None
    if known is not None and text == to_wall(known, zone):
        return known
    wall = _parse(text)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise NoSuchTime(
            _("There is no such time in %(zone)s: the clocks go forward over it.", zone=zone)
        )
    return instant


def _parse(text: str) -> datetime:
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        wall = None
    if wall is None or wall.tzinfo is not None or wall.year not in YEARS:
        raise NoSuchTime(_("Give a date and time such as 2026-03-01T08:30."))
    return wall
