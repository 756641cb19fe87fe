"""Days, weekdays and months in words, in the language at hand."""

from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from flask import request
from flask_babel import get_locale

LONG: Final = "MMMMEEEEd"
SHORT: Final = "MMMMd"
MONTH: Final = "yMMMM"


def name_date(day: date, skeleton: str) -> str:
    """Return a day or a month in words, as LONG, SHORT or MONTH have it."""
    return _name(day, skeleton, _language())


def weekday_names(first: int) -> list[tuple[str, str]]:
    """Return the short and the whole name of each weekday, from the first on."""
    days = Locale.parse(_language()).days["stand-alone"]
    order = [(first + number) % 7 for number in range(7)]
    return [(days["abbreviated"][day], days["wide"][day]) for day in order]


def first_weekday() -> int:
    """Return the weekday that weeks begin with, Monday being 0.

    It is a matter of the country: of the one that the browser names with the language at hand.
    """
    language = get_locale().language
    for asked in request.accept_languages.values():
        if asked.partition("-")[0].lower() == language and "-" in asked:
            return _first_in(asked)
    return _first_in(language)


@lru_cache(maxsize=64)
def _first_in(tag: str) -> int:
    try:
        return int(Locale.parse(tag, sep="-").first_week_day)
    except (ValueError, UnknownLocaleError):
        return 0


@lru_cache(maxsize=512)
def _name(day: date, skeleton: str, language: str) -> str:
    return str(format_skeleton(skeleton, day, locale=language))


def _language() -> str:
    """Return the language for dates: our English is that of Britain, the day before the month."""
    language = str(get_locale())
    return "en_GB" if language == "en" else language
