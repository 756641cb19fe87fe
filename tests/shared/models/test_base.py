"""Instants: aware and in UTC whatever wrote them."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, inspect, literal_column, select

from shared.models import Setting, UtcDateTime

SERVING = """
import sys
import dispatcher
dispatcher.application.warm_up().join()
dialects = ("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql")
print(*(name for name in dialects if name in sys.modules))
"""
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


def test_document_is_jsonb_on_postgresql_and_text_elsewhere(any_runtime):
    document = {"title": "随手记", "parts": [1, None, {"a": True}]}
    with any_runtime.database.writing() as session:
        session.add(Setting(key="test", value=document, updated_at=AT))
        session.flush()
        found = session.scalars(select(Setting.value).where(Setting.key == "test")).one()
        inside = session.scalars(select(Setting.value["title"].as_string())).all()
        kind = type(inspect(session.connection()).get_columns("setting")[1]["type"]).__name__
    assert (found, "随手记" in inside) == (document, True)
    assert kind == {"sqlite": "JSON", "postgresql": "JSONB"}[any_runtime.database.dialect]


def test_serving_from_sqlite_loads_no_other_dialect(tmp_path):
    own = os.environ | {"INSTANCE": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", SERVING], capture_output=True, text=True, check=True, env=own
    ).stdout
    assert said.split() == ["sqlalchemy.dialects.sqlite"]
