"""Which rows a list is narrowed to: conditions, and ids where a few were found beforehand.

A search, and each of several relations, is asked beforehand, from an index of its own and up to CAP
ids. Few ids lead straight to their rows; where there are more, nearly any row will do, and the
condition is left to be met on the way along the order of the list.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, bindparam, or_, select, union
from sqlalchemy.orm import Session

from admin.crud.conditions import Asked, Condition, holds, pattern_of
from admin.crud.filters import Filter
from admin.crud.screen import Screen
from admin.crud.searching import Hits, SearchIndex
from admin.crud.state import State

CAP = 1_000
WORDS: Final[BindParameter[str]] = bindparam("searched")
MOST: Final[BindParameter[int]] = bindparam("most_found")


@dataclass(frozen=True)
class Shape:
    """What narrows a list but for the values: the same for all lists that are narrowed alike.

    `always` holds of nearly all rows; indexes have the `found` and a walk meets the others. A
    relation that leads to more than CAP rows is the `lead`. With `has_ids` the ids that may be
    meant are known; with `is_sampled` they are the newest of more than CAP.
    """

    dialect: str
    always: tuple[ColumnElement[bool], ...] = ()
    found: tuple[Condition, ...] = ()
    met: tuple[ColumnElement[bool], ...] = ()
    lead: Condition | None = None
    has_ids: bool = False
    is_sampled: bool = False


@dataclass
class Narrowing:
    """What narrows a list: conditions, the values that they are called with, ids."""

    always: list[ColumnElement[bool]]
    values: dict[str, Any] = field(default_factory=dict)
    found: list[Condition] = field(default_factory=list)
    met: list[ColumnElement[bool]] = field(default_factory=list)
    lead: Condition | None = None
    ids: set[int] | None = None
    is_sampled: bool = False

    def shape(self, session: Session) -> Shape:
        """Return all but the values."""
        return Shape(
            dialect=session.get_bind().dialect.name,
            always=tuple(self.always),
            found=tuple(self.found),
            met=tuple(self.met),
            lead=self.lead,
            has_ids=self.ids is not None,
            is_sampled=self.is_sampled,
        )

    @property
    def bound(self) -> dict[str, Any]:
        """The values, and the ids as one of them."""
        if self.ids is None:
            return self.values
        return self.values | {"among": json.dumps(sorted(self.ids))}

    def add(self, condition: Condition) -> None:
        """Narrow by a condition on each row."""
        if condition.way == "found" and condition.ids is None:
            self.found.append(condition)
        else:
            (self.always if condition.way == "usual" else self.met).append(condition.clause)


def narrow(session: Session, screen: Screen, state: State, *, whole: bool = False) -> Narrowing:
    """Return what the person may see of a screen, within the state's filters and search.

    Of a search for a common word a page needs the newest only; with `whole` all are meant.
    """
    narrowing = Narrowing([screen.scope()])
    filtered = [
        _filter(item, state.filters.get(item.name, ""), narrowing) for item in screen.filters
    ]
    relations = [asked for asked in filtered if asked is not None]
    for asked in relations:
        _relate(session, asked, narrowing, is_alone=len(relations) == 1)
    if state.search and screen.search:
        _search(session, screen, state.search, narrowing, whole=whole)
    return narrowing


def _filter(item: Filter, value: str, narrowing: Narrowing) -> Asked | None:
    """Narrow by a filter; return what it asks of a relation, if it does."""
    if not value:
        narrowing.always += [item.otherwise] if item.otherwise is not None else []
        return None
    asked = item.where(value)
    if asked is None:
        narrowing.ids = set()
        return None
    narrowing.values |= asked.values
    if asked.condition.ids is not None:
        return asked
    narrowing.add(asked.condition)
    return None


def _relate(session: Session, asked: Asked, narrowing: Narrowing, *, is_alone: bool) -> None:
    """Be led by a relation that is alone; of several, by one that names but few rows."""
    if narrowing.ids is not None:
        narrowing.add(asked.condition)
        return
    if not is_alone:
        few = _first(asked.condition)
        ids = [row_id for (row_id,) in session.connection().execute(few, dict(asked.values))]
        if len(ids) <= CAP:
            narrowing.ids = set(ids)
            return
    if narrowing.lead is None:
        narrowing.lead = asked.condition
    else:
        narrowing.add(asked.condition)


@lru_cache(maxsize=128)
def _first(condition: Condition) -> Any:
    assert condition.ids is not None
    return condition.ids.limit(CAP + 1)


def _search(
    session: Session, screen: Screen, words: str, narrowing: Narrowing, *, whole: bool
) -> None:
    """Find the rows by an index of words, or those of which one column holds these words."""
    columns = screen.search
    if isinstance(columns, SearchIndex):
        hits = columns.find(session, words, CAP + 1)
        if hits is not None and hits.ids:
            _to_hits(narrowing, hits, whole=whole)
            return
        columns = columns.columns
    holds, finds = _looking(screen, columns, session.get_bind().dialect.name)
    values = {WORDS.key: pattern_of(words)}
    ids: Sequence[Any] = ()
    if narrowing.ids is None:
        found = values | {MOST.key: CAP + 1}
        ids = session.connection().execute(finds, found).all()
    if narrowing.ids is None and len(ids) <= CAP:
        narrowing.ids = {row_id for (row_id,) in ids}
    else:
        narrowing.always.append(holds)
        narrowing.values |= values


def _to_hits(narrowing: Narrowing, hits: Hits, *, whole: bool) -> None:
    if len(hits.ids) > CAP and whole:
        narrowing.always.append(hits.otherwise())
        return
    newest = set(sorted(hits.ids, reverse=True)[:CAP])
    narrowing.is_sampled = len(hits.ids) > CAP
    narrowing.ids = newest if narrowing.ids is None else narrowing.ids & newest


@lru_cache(maxsize=64)
def _looking(
    screen: Screen, columns: Sequence[str], dialect: str
) -> tuple[ColumnElement[bool], CompoundSelect[int]]:
    """Return the condition that one of the columns holds the words, and what finds such rows."""
    model = screen.model
    tests = [holds(getattr(model, name), WORDS, dialect) for name in columns]
    queries = (select(model.id.label("id")).where(test) for test in tests)
    return or_(*tests), union(*queries).limit(MOST)
