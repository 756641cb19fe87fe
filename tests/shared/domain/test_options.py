"""Kinds of settings say what is allowed."""

import pytest

from shared.domain.options import (
    ChoiceOption,
    FlagOption,
    NumberOption,
    SeveralOption,
    TextOption,
    ZoneOption,
)
from shared.saying import say

ABOUT = {"title": say("Something"), "group": "general"}
COLOURS = {"red": "Red", "blue": "Blue"}


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        (TextOption(**ABOUT, most=3), "abcd", "Give at most 3 characters."),
        (TextOption(**ABOUT, least=1, most=3), "  ", "Give 1 to 3 characters."),
        (NumberOption(**ABOUT, least=2, most=9), 10, "Give a number from 2 to 9."),
        (NumberOption(**ABOUT, least=2, most=9), None, "Give a number from 2 to 9."),
        (ChoiceOption(**ABOUT, choices=COLOURS), "green", "Choose one of red, blue."),
        (SeveralOption(**ABOUT, choices=COLOURS), ("red", "x"), "Choose one of red, blue."),
        (FlagOption(**ABOUT), "yes", "Answer with yes or no."),
        (
            ZoneOption(**ABOUT),
            "Mars/Olympus",
            "Choose a zone of the IANA list, such as Europe/Zurich.",
        ),
    ],
)
def test_refused_value_is_told_what_is_allowed(option, value, said):
    assert option.refuse(value) == said


@pytest.mark.parametrize(
    ("option", "value"),
    [
        (TextOption(**ABOUT, most=3), "abc"),
        (NumberOption(**ABOUT, least=2, most=9), 9),
        (ChoiceOption(**ABOUT, choices=COLOURS), "red"),
        (SeveralOption(**ABOUT, choices=COLOURS), ()),
        (FlagOption(**ABOUT), False),
        (ZoneOption(**ABOUT), "Asia/Shanghai"),
    ],
)
def test_allowed_value_is_not_refused(option, value):
    assert option.refuse(value) is None


def test_several_values_come_back_in_order_without_what_is_offered_no_more():
    option = SeveralOption(**ABOUT, choices=COLOURS)

    assert option.restore(["green", "blue", "red"]) == ("red", "blue")
