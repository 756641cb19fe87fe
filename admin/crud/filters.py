"""Filters of a list: each a parameter of the URL and a condition on the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

Choices = Sequence[tuple[str, str]]
Condition = Callable[[str], ColumnElement[bool] | None]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A parameter of the URL, and the condition that its value puts on the rows.

    With `via`, a column that names the rows, the condition is on its table; `otherwise` is the
    condition while no value is given. A value that makes no sense has no condition: None.
    """

    name: str
    title: str
    where: Condition
    via: Any = None
    otherwise: Callable[[], ColumnElement[bool]] | None = None

    def choices(self, _: Session) -> Choices:
        """Return what to choose from; nothing where the control is a text field."""
        return ()


@dataclass(frozen=True, kw_only=True)
class TextFilter(Filter):
    """A word that is given by hand, or by a link from another list."""


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(Filter):
    """One of a few states."""

    options: Choices

    def choices(self, _: Session) -> Choices:
        """Return the states."""
        return self.options


@dataclass(frozen=True, kw_only=True)
class RelationFilter(Filter):
    """One row of another table, read when the list is shown."""

    options: Callable[[Session], Choices]

    def choices(self, session: Session) -> Choices:
        """Return the rows that there are."""
        return self.options(session)


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
