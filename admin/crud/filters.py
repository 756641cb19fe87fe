"""Filters of a list: each a parameter of the URL and a condition on the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false
from sqlalchemy.orm import Session

Choices = Sequence[tuple[str, str]]
Condition = Callable[[str], ColumnElement[bool] | None]


# The table of a relation, and how it hangs on the listed one: joined, a filter costs what it finds.
Via = tuple[type[Any], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A parameter of the URL, and the condition that its value puts on the rows."""

    name: str
    title: str
    where: Condition
    via: Via | None = None
    otherwise: Callable[[], ColumnElement[bool]] | None = None

    def choices(self, _: Session) -> Choices:
        """Return what to choose from; nothing where the control is a text field."""
        return ()

    def apply(self, query: Select[Any], value: str) -> Select[Any]:
        """Narrow a query; a value that makes no sense finds nothing, none is `otherwise`."""
        if not value:
            return query if self.otherwise is None else query.where(self.otherwise())
        condition = self.where(value)
        if condition is None:
            return query.where(false())
        return (query.join(*self.via) if self.via else query).where(condition)


@dataclass(frozen=True, kw_only=True)
class TextFilter(Filter):
    """A word that is given by hand, or by a link from another list."""


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(Filter):
    """One of a few states; `otherwise` is the condition while none is chosen."""

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
