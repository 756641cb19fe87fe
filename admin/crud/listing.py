"""One page of a list, read by keyset: as fast on the last page as on the first.

Rows are ordered by the sorted column and then by id, so that equal values keep their order;
rows without a value come last. Nothing is skipped by OFFSET, and counting stops at CAP.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.crud.cursor import Place
from admin.crud.narrowing import CAP, LOOKS
from admin.crud.screen import Screen
from admin.crud.selection import select_for
from admin.crud.state import State

PER_PAGE = 20

Find = Callable[..., Select[Any]]


@dataclass(frozen=True)
class Page:
    """Rows, how many there are in all as far as they were counted, and the way on."""

    rows: Sequence[Any]
    total: int
    first: Place | None
    last: Place | None
    is_counted: bool = True

    @property
    def count(self) -> str:
        """How many rows there are, as far as they were counted."""
        if self.total > CAP:
            return f"{CAP:,}+"
        return f"{self.total:,}" if self.is_counted else f"{max(self.total, len(self.rows)):,}+"


def read_page(session: Session, screen: Screen, state: State) -> Page:
    """Read the page that a state asks for.

    Few rows are found by whatever index finds them and then sorted; many are met soon on a walk
    along the index of the order.
    """
    selection = select_for(session, screen, state)
    total, looked = session.connection().execute(selection.count).one()
    is_counted = looked < LOOKS
    find = partial(selection.rows, few=selection.is_found or (total <= CAP and is_counted))
    rows, first, last = _Walk(session, find, screen, state).read()
    return Page(rows, total, first, last, is_counted)


def walk(session: Session, screen: Screen, state: State, size: int) -> Iterator[Sequence[Any]]:
    """Read all rows of a list in its order, so many at a time."""
    selection = select_for(session, screen, state, whole=True)
    total, looked = session.connection().execute(selection.count).one()
    find = partial(selection.rows, few=selection.is_found or (total <= CAP and looked < LOOKS))
    place, steps = None, replace(state, after=None, before=None)
    while True:
        rows, _, place = _Walk(session, find, screen, replace(steps, after=place), size).read()
        if rows:
            yield rows
        if place is None:
            return


class _Walk:
    """A walk along the order of a list, from a place and in either direction."""

    def __init__(
        self, session: Session, find: Find, screen: Screen, state: State, size: int = PER_PAGE
    ) -> None:
        self._session, self._find, self._state, self._size = session, find, state, size
        self._key: InstrumentedAttribute[int] = screen.model.id
        self._column: InstrumentedAttribute[Any] = getattr(screen.model, state.column)

    def read(self) -> tuple[Sequence[Any], Place | None, Place | None]:
        """Return the rows, and the places before and after which there are more."""
        after, before = self._fit(self._state.after), self._fit(self._state.before)
        if before is not None and after is None:
            rows = self._fetch(before, backwards=True)
            if len(rows) > self._size:
                rows = rows[self._size - 1 :: -1]
                return rows, self._place(rows[0]), self._place(rows[-1])
        rows = self._fetch(after, backwards=False)
        more, rows = len(rows) > self._size, rows[: self._size]
        first = self._place(rows[0]) if rows and after is not None else None
        return rows, first, self._place(rows[-1]) if more else None

    def _place(self, row: Any) -> Place:
        return Place(getattr(row, self._column.key), row.id)

    def _fit(self, place: Place | None) -> Place | None:
        """Return a place only where its value is of the column's kind: else the URL is odd."""
        if place is None:
            return None
        if place.value is None:
            return place if self._column.nullable else None
        kind = self._column.type
        plain = getattr(kind, "impl_instance", kind)
        return place if isinstance(place.value, plain.python_type) else None

    def _fetch(self, place: Place | None, *, backwards: bool) -> list[Any]:
        """Read one row more than a page, from the rows with a value and then from those without."""
        downwards = self._state.descending != backwards
        sort = f"-{self._column.key}" if downwards else self._column.key
        rows: list[Any] = []
        for part in self._parts(backwards=backwards):
            if place is not None and part is not None and part is not (place.value is None):
                continue
            query = self._find(empty=part, sort=sort, limit=self._size + 1 - len(rows))
            if place is not None:
                query = query.where(self._beyond(place, downwards=downwards))
            rows += self._session.scalars(query)
            place = None
            if len(rows) > self._size:
                break
        return rows

    def _parts(self, *, backwards: bool) -> Sequence[bool | None]:
        """Return the parts of the list in order: None is all of it, True are those without."""
        if not self._column.nullable:
            return (None,)
        return (True, False) if backwards else (False, True)

    def _beyond(self, place: Place, *, downwards: bool) -> ColumnElement[bool]:
        if place.value is None or self._column is self._key:
            return self._key < place.id if downwards else self._key > place.id
        mine = tuple_(self._column, self._key)
        bound = tuple_(literal(place.value, self._column.type), literal(place.id))
        return mine < bound if downwards else mine > bound
