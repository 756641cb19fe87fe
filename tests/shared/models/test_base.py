"""Instants: aware and in UTC whatever wrote them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, literal_column, select

from shared.models import UtcDateTime

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def read(runtime, written):
    """Return an instant as the type reads it from a column that holds this text."""
    value = literal_column(f"'{written}'", UtcDateTime()) if written else literal_column("NULL")
    with runtime.database.reading() as session:
        return session.scalar(select(value))


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01 12:00:00.000000",
        "2026-03-01 12:00:00",
        "2026-03-01T12:00:00Z",
        "2026-03-01T14:00:00+02:00",
        "2026-03-01T12:00:00.00000Z",  # as long as what SQLAlchemy writes
    ],
)
def test_instant_written_by_hand_is_read_in_utc(runtime, written):
    found = read(runtime, written)
    assert (found, found.tzinfo) == (AT, UTC)


def test_day_written_by_hand_is_midnight_in_utc(runtime):
    assert read(runtime, "2026-03-01") == AT - timedelta(hours=12)


def test_microseconds_are_kept(runtime):
    assert read(runtime, "2026-03-01 12:00:00.000007") == AT + timedelta(microseconds=7)


def test_nothing_is_read_as_nothing(runtime):
    assert read(runtime, "") is None


def test_instant_of_another_zone_comes_back_in_utc(any_runtime):
    there = timezone(timedelta(hours=8))
    bound = select(bindparam("at", AT.astimezone(there), type_=UtcDateTime()))
    with any_runtime.database.reading() as session:
        found = session.scalar(bound)
    assert (found, found.tzinfo) == (AT, UTC)


def test_naive_instant_is_refused():
    with pytest.raises(ValueError, match="names no instant"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 1), None)  # noqa: DTZ001 - on purpose
