"""Filters of a list: each a parameter of the URL and a condition on the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

Choices = Sequence[tuple[str, str]]
Condition = Callable[[str], ColumnElement[bool] | None]


@dataclass(frozen=True)
class TextFilter:
    """A word that is given by hand, or by a link from another list."""

    name: str
    title: str
    where: Condition

    def choices(self, _: Session) -> Choices:
        """Return nothing to choose from: the control is a text field."""
        return ()


@dataclass(frozen=True)
class ChoiceFilter:
    """One of a few states; `otherwise` is the condition while none is chosen."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    where: Condition
    otherwise: Callable[[], ColumnElement[bool]] | None = None

    def choices(self, _: Session) -> Choices:
        """Return the states."""
        return self.options


@dataclass(frozen=True)
class RelationFilter:
    """One row of another table, read when the list is shown."""

    name: str
    title: str
    options: Callable[[Session], Choices]
    where: Condition

    def choices(self, session: Session) -> Choices:
        """Return the rows that there are."""
        return self.options(session)


Filter = TextFilter | ChoiceFilter | RelationFilter


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
