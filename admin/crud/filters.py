"""Filters of a list: each a parameter of the URL and a condition on the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.crud.conditions import Where, number_or_none, value_of
from admin.crud.dates import is_range, tell_range

Choices = Sequence[tuple[str, Any]]


class Named(NamedTuple):
    """What selects the name of a thing, the same for every thing, with the values it is given."""

    select: Select[Any]
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A parameter of the URL, and the condition that its value puts on the rows.

    `otherwise` is the condition while no value is given. A value that makes no sense has none.
    """

    kind: ClassVar[str] = "text"
    is_quick: ClassVar[bool] = False  # stands beside the search, as it needs no query

    name: str
    title: Any
    where: Where
    otherwise: ColumnElement[bool] | None = None

    def choices(self, _: Session) -> Choices:
        """Return what to choose from; nothing where the control is a text field."""
        return ()

    def accepts(self, _value: str) -> bool:
        """Tell whether a value can be meant at all; any other is passed over."""
        return True

    def says(self, value: str) -> str | Named:
        """Return a value in words, or what reads them."""
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
    named: Callable[[str], str | Named | None] | None = None

    def choices(self, session: Session) -> Choices:
        """Return the rows that there are."""
        return self.options(session)

    def says(self, value: str) -> str | Named:
        """Return what reads a row's name."""
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


def name_by_id(
    name: InstrumentedAttribute[str], key: InstrumentedAttribute[int]
) -> Callable[[str], Named | None]:
    """Return what reads the name of one row by its id, None for what is no id."""
    mine = value_of(key, f"of_{name.class_.__tablename__}")
    read = select(name).where(key == mine)

    def named(value: str) -> Named | None:
        number = number_or_none(value)
        return None if number is None else Named(read, {mine.key: number})

    return named
