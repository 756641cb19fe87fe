"""Which rows a list is narrowed to: conditions, and ids where a few were found beforehand.

The first relation or search is asked beforehand, from an index of its own and up to CAP ids. Few
ids lead straight to their rows; where there are more, nearly any row will do, and the condition
is left to be met on the way along the order of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.crud.filters import Filter
from admin.crud.screen import Screen
from admin.crud.searching import Hits, SearchIndex
from admin.crud.state import State

CAP = 1_000
LOOKS = 1_000
Ids = Select[int]


@dataclass
class Narrowing:
    """What narrows a list.

    `ids` are the rows that may be meant, None for any; `lead` selects the ids of a relation that
    found more than CAP: they are counted from there. `scanned` are conditions that no index finds.
    Where a search found more than CAP, `ids` are the newest of them, and `is_sampled` is set.
    """

    conditions: list[ColumnElement[bool]] = field(default_factory=list)
    scanned: list[ColumnElement[bool]] = field(default_factory=list)
    ids: set[int] | None = None
    lead: tuple[Ids, InstrumentedAttribute[int]] | None = None
    is_sampled: bool = False

    @property
    def every(self) -> list[ColumnElement[bool]]:
        """All conditions."""
        return self.conditions + self.scanned

    def to_found(self, found: Sequence[int], otherwise: ColumnElement[bool]) -> bool:
        """Narrow to the ids found, or where they are too many, by the condition on each row."""
        if len(found) > CAP:
            self.conditions.append(otherwise)
            return False
        self.ids = set(found)
        return True

    def select_ids(self, screen: Screen, most: int | None = CAP + 1) -> Ids:
        """Select the ids of the rows in no order, at most one more than CAP."""
        key: InstrumentedAttribute[int] = screen.model.id
        if self.ids is not None:
            query = select(key).where(key.in_(sorted(self.ids)), opaque(*self.every))
        elif self.lead is not None:
            query, column = self.lead
            row = select(key).where(key == column, opaque(*self.every))
            query = query.where(row.exists())
        else:
            query = select(key).where(*self.every)
        return query.limit(most)

    def select_count(self, screen: Screen) -> Select[int, int]:
        """Select how many rows there are, and how many were looked at to count them.

        Where no index finds them, only so many rows are looked at; else no number is told.
        """
        if not self.scanned or self.ids is not None:
            ids = self.select_ids(screen).subquery()
            return select(func.count(), literal(LOOKS if self.is_sampled else 0)).select_from(ids)
        found = case((and_(*self.scanned), 1), else_=0).label("met")
        source = select(found).select_from(screen.model).where(*self.conditions)
        if self.lead is not None:
            lead = Narrowing(self.conditions, lead=self.lead).select_ids(screen, LOOKS).subquery()
            source = select(found).join(lead, screen.model.id == lead.c[0])
        looked = source.limit(LOOKS).subquery()
        return select(func.coalesce(func.sum(looked.c.met), 0), func.count())


def opaque(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return conditions in a form that no index is chosen for, since another one is better."""
    return func.coalesce(and_(true(), *conditions), false())


def narrow(session: Session, screen: Screen, state: State, *, whole: bool = False) -> Narrowing:
    """Return what the person may see of a screen, within the state's filters and search.

    Of a search for a common word a page needs the newest only; with `whole` all are meant.
    """
    narrowing = Narrowing([screen.scope()])
    for item in screen.filters:
        _filter(session, screen, item, state.filters.get(item.name, ""), narrowing)
    if state.search and screen.search:
        _search(session, screen, state.search, narrowing, whole=whole)
    return narrowing


def _filter(
    session: Session, screen: Screen, item: Filter, value: str, narrowing: Narrowing
) -> None:
    if not value:
        narrowing.conditions += [item.otherwise()] if item.otherwise is not None else []
        return
    condition = item.where(value)
    if condition is None:
        narrowing.ids = set()
    elif item.via is None:
        (narrowing.scanned if item.is_scanned else narrowing.conditions).append(condition)
    else:
        query = select(item.via).where(condition)
        met = query.where(item.via == screen.model.id).exists()
        if narrowing.ids is not None:
            narrowing.conditions.append(met)
        elif not narrowing.to_found(session.scalars(query.limit(CAP + 1)).all(), met):
            narrowing.lead = (query, item.via)


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
    tests = [holds(getattr(screen.model, name), words, session) for name in columns]
    if narrowing.ids is not None:
        narrowing.conditions.append(or_(*tests))
        return
    queries = (select(screen.model.id.label("id")).where(test) for test in tests)
    found = union(*queries).limit(CAP + 1)
    narrowing.to_found(session.scalars(found).all(), or_(*tests))


def _to_hits(narrowing: Narrowing, hits: Hits, *, whole: bool) -> None:
    if len(hits.ids) > CAP and whole:
        narrowing.conditions.append(hits.otherwise)
        return
    newest = set(sorted(hits.ids, reverse=True)[:CAP])
    narrowing.is_sampled = len(hits.ids) > CAP
    narrowing.ids = newest if narrowing.ids is None else narrowing.ids & newest


def holds(column: Any, words: str, session: Session) -> ColumnElement[bool]:
    """Return the condition that a text holds words, in any case."""
    if session.get_bind().dialect.name == "sqlite":  # its LIKE ignores case by itself
        return cast("ColumnElement[bool]", column.contains(words, autoescape=True))
    return cast("ColumnElement[bool]", column.icontains(words, autoescape=True))
