"""The figures of a plot are those of the counters."""

from datetime import date, timedelta

import pytest

from admin.visits.plot import HEIGHT, STEP, make_plot, round_up

FIRST = date(2026, 2, 1)


def days(*numbers):
    return [(FIRST + timedelta(days=n), number) for n, number in enumerate(numbers)]


def test_bars_stand_on_the_foot_and_are_as_high_as_their_number():
    plot = make_plot(days(0, 5, 10), [10, 0, 2])

    assert plot.ticks == (10, 5, 0)
    assert [(bar.y, bar.height) for bar in plot.bars] == [(100, 0), (50, 50), (0, 100)]
    assert [bar.x for bar in plot.bars] == [1, 11, 21]
    assert (plot.width, plot.line) == (30, "M5 0 L15 100 L25 80")
    assert (plot.total, plot.total_before) == (15, 12)


def test_last_of_the_highest_days_is_the_most():
    assert make_plot(days(7, 3, 7), [0] * 3).most.day == date(2026, 2, 3)


def test_first_middle_and_last_day_are_named():
    plot = make_plot(days(*range(28)), [0] * 28)

    assert [bar.day.day for bar in plot.labelled] == [1, 14, 28]


@pytest.mark.parametrize(
    ("number", "top"),
    [(0, 4), (5, 6), (9, 10), (11, 12), (31, 40), (81, 100), (214, 240), (10**9 + 1, 12 * 10**8)],
)
def test_top_is_the_next_number_that_has_a_half(number, top):
    assert round_up(number) == top


def test_empty_and_huge_numbers_stay_within_the_drawing():
    for numbers in (days(0, 0), days(1, 3_000_000_000)):
        for bar in make_plot(numbers, [0, 0]).bars:
            assert 0 <= bar.y <= HEIGHT
            assert bar.y + bar.height == HEIGHT
            assert bar.x + bar.width < make_plot(numbers, [0, 0]).width + STEP
