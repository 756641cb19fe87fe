"""Conditions of filters in a form that is the same for every value, with the values beside it.

A statement that is built from such forms can be kept: to build one takes longer than to run it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute

from admin.crud.dates import read_range

Way = Literal["found", "usual", "met"]


@dataclass(frozen=True, eq=False)
class Condition:
    """What must hold of a row: made once, so that it is the same object each time.

    An index has the rows `found`; or `usual` ones hold for nearly all rows; others are `met` on a
    walk, and counted no further than a walk should be. `ids` selects the rows from another table,
    where they are named by `key`. `along` are the columns by which an index that finds the rows
    has them in order; `is_rare` tells that they are ever so few, and better sorted than met.
    """

    clause: ColumnElement[bool]
    way: Way = "found"
    along: frozenset[str] = frozenset()
    ids: Select[int] | None = None
    key: InstrumentedAttribute[int] | None = None
    is_rare: bool = False


@dataclass(frozen=True)
class Asked:
    """A condition with the values that its clause is bound to."""

    condition: Condition
    values: Mapping[str, Any] = field(default_factory=dict)


Where = Callable[[str], Asked | None]


def found(clause: ColumnElement[bool], *along: str) -> Condition:
    """Return a condition whose rows an index finds, in the order of these columns."""
    return Condition(clause, along=frozenset(along))


def related(
    via: InstrumentedAttribute[int], clause: ColumnElement[bool], key: InstrumentedAttribute[int]
) -> Condition:
    """Return the condition that another table, where `via` names the row, has such a row."""
    ids = select(via).where(clause)
    return Condition(ids.where(via == key).exists(), ids=ids, key=via)


def value_of(column: Any, name: str) -> BindParameter[Any]:
    """Return the place of a value that is compared with a column."""
    return bindparam(f"{column.key}_{name}", type_=column.type)


def number_or_none(value: str) -> int | None:
    """Return a whole number as the URL gives it, None for anything else."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None


def same(column: Any, *along: str) -> Where:
    """Return the condition that a text column has the value."""
    mine = value_of(column, "is")
    condition = found(column == mine, *along)
    return lambda value: Asked(condition, {mine.key: value})


def same_number(column: Any, *along: str) -> Where:
    """Return the condition that a number column has the value; None for what is no number."""
    mine = value_of(column, "is")
    condition = found(column == mine, *along)

    def where(value: str) -> Asked | None:
        number = number_or_none(value)
        return None if number is None else Asked(condition, {mine.key: number})

    return where


def has_relation(
    via: InstrumentedAttribute[int], column: Any, key: InstrumentedAttribute[int]
) -> Where:
    """Return the condition that another table names the row beside a number."""
    mine = value_of(column, "is")
    condition = related(via, column == mine, key)

    def where(value: str) -> Asked | None:
        number = number_or_none(value)
        return None if number is None else Asked(condition, {mine.key: number})

    return where


def of_kind(kinds: Any, numbers: Any, alone: ColumnElement[bool], *along: str) -> Where:
    """Return the condition that a kind with a number such as `user:3` is meant.

    `alone` is the condition on the number where a kind stands by itself.
    """
    kind, number = value_of(kinds, "is"), value_of(numbers, "is")
    every, one = (
        found((kinds == kind) & alone, *along),
        found((kinds == kind) & (numbers == number), *along),
    )

    def where(value: str) -> Asked | None:
        name, _colon, word = value.partition(":")
        if not word:
            return Asked(every, {kind.key: name})
        row_id = number_or_none(word)
        return None if row_id is None else Asked(one, {kind.key: name, number.key: row_id})

    return where


def within_days(column: Any) -> Where:
    """Return the condition that an instant lies within the days of a range."""
    after, before = value_of(column, "after"), value_of(column, "before")
    since, until = column >= after, column < before
    conditions = {
        (True, True): found(since & until, column.key),
        (True, False): found(since, column.key),
        (False, True): found(until, column.key),
    }

    def where(value: str) -> Asked | None:
        ends = dict(zip((after.key, before.key), read_range(value), strict=True))
        given = {name: end for name, end in ends.items() if end is not None}
        asked = conditions.get((after.key in given, before.key in given))
        return Asked(asked, given) if asked is not None else None

    return where


def either(yes: Condition, no: Condition) -> Where:
    """Return the condition that a row has something, or has it not."""
    both = {"yes": Asked(yes), "no": Asked(no)}
    return lambda value: both["yes" if value == "yes" else "no"]


def holds(column: Any, pattern: Any, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a text is like a pattern, in any case."""
    like = column.like if dialect == "sqlite" else column.ilike  # SQLite's LIKE is so by itself
    clause: ColumnElement[bool] = like(pattern, escape="\\")
    return clause


def pattern_of(words: str) -> str:
    """Return what LIKE finds words with, wherever they stand."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
