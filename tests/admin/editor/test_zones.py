"""Wall clocks of a zone and the instants that they mean, around changes of the clocks too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.editor.fields.zones import NoSuchTime, from_wall, to_wall

ZURICH = ZoneInfo("Europe/Zurich")
ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Zurich", "Asia/Shanghai", "America/St_Johns")]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T13:00", utc(2026, 3, 1, 12)),
        ("2026-07-01T13:00", utc(2026, 7, 1, 11)),
        (" 2026-03-01 13:00:30 ", utc(2026, 3, 1, 12, 0, 30)),
        ("2026-03-29T01:59", utc(2026, 3, 29, 0, 59)),
        ("2026-03-29T03:00", utc(2026, 3, 29, 1)),
        ("2026-10-25T02:30", utc(2026, 10, 25, 0, 30)),
        ("2026-10-25T03:00", utc(2026, 10, 25, 2)),
        ("", None),
        ("  ", None),
    ],
)
def test_wall_clock_means_one_instant(text: str, instant: datetime | None) -> None:
    assert from_wall(text, ZURICH) == instant


def test_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(NoSuchTime, match="There is no such time in Europe/Zurich"):
        from_wall("2026-03-29T02:30", ZURICH)


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01T00:00", "2026-03-01T13:00+01:00", "0001-01-01T00:00", "9999-12-31"]
)
def test_text_that_is_no_wall_clock_is_refused(text: str) -> None:
    with pytest.raises(NoSuchTime, match="Give a date and time such as"):
        from_wall(text, ZURICH)


def test_untouched_text_means_the_known_instant_to_the_second() -> None:
    known = utc(2026, 3, 1, 12, 0, 59) + timedelta(microseconds=7)
    assert from_wall(to_wall(known, ZURICH), ZURICH, known=known) == known


def test_untouched_text_in_the_doubled_hour_means_the_known_one() -> None:
    second = utc(2026, 10, 25, 1, 30)
    assert to_wall(second, ZURICH) == "2026-10-25T02:30"
    assert from_wall("2026-10-25T02:30", ZURICH, known=second) == second
    assert from_wall("2026-10-25T02:31", ZURICH, known=second) == utc(2026, 10, 25, 0, 31)


@given(st.integers(-10_000_000, 70_000_000), st.sampled_from(ZONES))
def test_every_minute_returns_from_its_wall_clock(minutes: int, zone: ZoneInfo) -> None:
    instant = utc(1970, 1, 1) + timedelta(minutes=minutes)
    back = from_wall(to_wall(instant, zone), zone)
    assert back is not None
    # Of a doubled hour the first is meant, so the second comes back as the first.
    assert to_wall(back, zone) == to_wall(instant, zone)
    assert back == instant or timedelta() < instant - back <= timedelta(hours=1)
