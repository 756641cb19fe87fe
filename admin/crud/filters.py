"""Filters of a list: each a parameter of the URL and a condition on the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from admin.crud.dates import is_range, read_range, tell_range

Choices = Sequence[tuple[str, Any]]
Condition = Callable[[str], ColumnElement[bool] | None]
Made = Callable[[], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A parameter of the URL, and the condition that its value puts on the rows.

    With `via`, a column that names the rows, the condition is on its table; `otherwise` is the
    condition while no value is given. A value that makes no sense has no condition: None.
    `is_scanned` tells that no index finds the rows: they are then met on a walk, and counted no
    further than a walk should be.
    """

    kind: ClassVar[str] = "text"
    is_quick: ClassVar[bool] = False  # stands beside the search, as it needs no query

    name: str
    title: Any
    where: Condition
    via: Any = None
    otherwise: Callable[[], ColumnElement[bool]] | None = None
    is_scanned: bool = False

    def choices(self, _: Session) -> Choices:
        """Return what to choose from; nothing where the control is a text field."""
        return ()

    def accepts(self, _value: str) -> bool:
        """Tell whether a value can be meant at all; any other is passed over."""
        return True

    def says(self, value: str) -> "str | Select[Any]":
        """Return a value in words, or the select that reads them."""
        return value


@dataclass(frozen=True, kw_only=True)
class TextFilter(Filter):
    """A word that is given by hand, or by a link from another list."""


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(Filter):
    """One of a few states."""

    kind: ClassVar[str] = "choice"
    is_quick: ClassVar[bool] = True

    options: Choices

    def choices(self, _: Session) -> Choices:
        """Return the states."""
        return self.options

    def says(self, value: str) -> str:
        """Return the words of a state."""
        return str(dict(self.options).get(value, value))


@dataclass(frozen=True, kw_only=True)
class HasFilter(ChoiceFilter):
    """Whether a row has something: `where` is called with `yes` or `no`."""

    is_quick: ClassVar[bool] = False

    options: Choices = (("yes", _l("Yes")), ("no", _l("No")))

    def accepts(self, value: str) -> bool:
        """Tell whether a value is one of the two."""
        return value in {"yes", "no"}


@dataclass(frozen=True, kw_only=True)
class RelationFilter(Filter):
    """One row of another table, read when it is chosen; `named` selects the name of one."""

    kind: ClassVar[str] = "choice"

    options: Callable[[Session], Choices]
    named: Callable[[str], Select[Any] | None] | None = None

    def choices(self, session: Session) -> Choices:
        """Return the rows that there are."""
        return self.options(session)

    def says(self, value: str) -> "str | Select[Any]":
        """Return the select of a row's name."""
        found = self.named(value) if self.named is not None else None
        return value if found is None else found


@dataclass(frozen=True, kw_only=True)
class DateFilter(Filter):
    """Days from and to, both included, in the site's zone: `2026-03-01..2026-03-31`.

    With `sorts` the list is sorted by that column while nobody asks for another order.
    """

    kind: ClassVar[str] = "range"

    sorts: str = ""

    def accepts(self, value: str) -> bool:
        """Tell whether a value is two days, one of which may be missing."""
        return is_range(value)

    def says(self, value: str) -> str:
        """Return the days in words."""
        return tell_range(value)


def number_or_none(value: str) -> int | None:
    """Return a whole number as the URL gives it, None for anything else."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None


def same(column: Any) -> Condition:
    """Return the condition that a text column has the value."""
    return lambda value: column == value


def same_number(column: Any) -> Condition:
    """Return the condition that a number column has the value; None for what is no number."""

    def where(value: str) -> ColumnElement[bool] | None:
        number = number_or_none(value)
        return None if number is None else column == number

    return where


def within_days(column: Any) -> Condition:
    """Return the condition that an instant lies within the days of a range."""

    def where(value: str) -> ColumnElement[bool] | None:
        after, before = read_range(value)
        both: ColumnElement[bool] = column.is_not(None)
        if after is not None:
            both &= column >= after
        if before is not None:
            both &= column < before
        return both

    return where


def either(yes: Made, no: Made) -> Condition:
    """Return the condition that a row has something, or has it not."""
    return lambda value: yes() if value == "yes" else no()
