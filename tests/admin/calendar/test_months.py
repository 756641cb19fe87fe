"""Months, weeks and the beginnings of days, also where clocks change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from admin.calendar.months import Month, begin_of, propose, read_day

PARIS, SHANGHAI = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Shanghai")


def test_month_is_read_and_written():
    assert Month.read("2026-12") == Month(2026, 12)
    assert str(Month(2026, 3)) == "2026-03"


@pytest.mark.parametrize(
    "words",
    ["", "2026", "2026-13", "2026-00", "2026-1", "1899-12", "3000-01", "2026-12-01", "२०२६-12"],
)
def test_words_that_are_no_month_are_none(words):
    assert Month.read(words) is None


def test_months_follow_each_other_across_the_year():
    assert (Month(2026, 1).before, Month(2026, 12).after) == (Month(2025, 12), Month(2027, 1))
    assert (Month(2026, 1).after, Month(2026, 3).before) == (Month(2026, 2), Month(2026, 2))


def test_months_end_where_nothing_can_be_published():
    assert (Month(1900, 1).before, Month(2999, 12).after) == (None, None)


@pytest.mark.parametrize(
    ("weekday", "first", "last", "number"),
    [(0, date(2026, 11, 30), date(2027, 1, 3), 5), (6, date(2026, 11, 29), date(2027, 1, 2), 5)],
)
def test_weeks_cover_the_month_from_a_weekday_on(weekday, first, last, number):
    weeks = Month(2026, 12).weeks(weekday)

    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (first, last, number)
    assert {len(week) for week in weeks} == {7}


def test_leap_february_that_begins_on_a_monday_has_its_days():
    weeks = Month(2044, 2).weeks(0)

    assert [day for week in weeks for day in week][:29] == [date(2044, 2, n) for n in range(1, 30)]


@pytest.mark.parametrize("words", ["", "12", "2026-02-30", "1899-12-31", "20261212", "tomorrow!!"])
def test_words_that_are_no_day_are_none(words):
    assert read_day(words) is None


def test_day_is_read():
    assert read_day("2026-12-12") == date(2026, 12, 12)


@pytest.mark.parametrize(
    ("day", "zone", "begins", "hours"),
    [
        (date(2026, 12, 12), "Asia/Shanghai", datetime(2026, 12, 11, 16, tzinfo=UTC), 24),
        (date(2026, 3, 29), "Europe/Paris", datetime(2026, 3, 28, 23, tzinfo=UTC), 23),
        (date(2026, 10, 25), "Europe/Paris", datetime(2026, 10, 24, 22, tzinfo=UTC), 25),
        # Clocks go forward over midnight, and back to it.
        (date(2026, 9, 6), "America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC), 23),
        (date(2026, 11, 1), "America/Havana", datetime(2026, 11, 1, 4, tzinfo=UTC), 25),
    ],
)
def test_days_begin_and_last_as_the_zone_has_them(day, zone, begins, hours):
    begin = begin_of(day, ZoneInfo(zone))
    end = begin_of(date.fromordinal(day.toordinal() + 1), ZoneInfo(zone))

    assert (begin, (end - begin).total_seconds() / 3600) == (begins, hours)


@pytest.mark.parametrize(
    ("day", "zone", "now", "at"),
    [
        (date(2026, 12, 12), PARIS, (2026, 12, 1, 12), (2026, 12, 12, 8)),
        (date(2026, 7, 12), PARIS, (2026, 7, 1, 12), (2026, 7, 12, 7)),
        (date(2026, 12, 12), SHANGHAI, (2026, 12, 12, 0, 59), (2026, 12, 12, 1)),
        (date(2026, 12, 12), SHANGHAI, (2026, 12, 12, 3, 20), (2026, 12, 12, 4)),
        (date(2026, 12, 12), SHANGHAI, (2026, 12, 12, 15, 20), None),
        (date(2026, 12, 11), SHANGHAI, (2026, 12, 12, 3, 20), None),
    ],
)
def test_time_is_proposed_on_the_day_while_there_is_some_left(day, zone, now, at):
    proposed = propose(day, zone, datetime(*now, tzinfo=UTC))

    assert proposed == (None if at is None else datetime(*at, tzinfo=UTC))
