"""One page of a list, read by keyset: as fast on the last page as on the first.

Rows are ordered by the sorted column and then by id, so that equal values keep their order;
rows without a value come last. Nothing is skipped by OFFSET, and counting stops at CAP.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.crud.cursor import Place
from admin.crud.narrowing import CAP
from admin.crud.screen import Screen
from admin.crud.selection import Part, Selection, select_for
from admin.crud.state import State

PER_PAGE = 20


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
    count = selection.count(session)
    few = selection.are_few(count, state.column)
    rows, first, last = _Walk(session, selection, screen, state, few=few).read()
    return Page(rows, count.total, first, last, count.is_whole)


def walk(session: Session, screen: Screen, state: State, size: int) -> Iterator[Sequence[Any]]:
    """Read all rows of a list in its order, so many at a time."""
    selection = select_for(session, screen, state, whole=True)
    few = selection.are_few(selection.count(session), state.column)
    place, steps = None, replace(state, after=None, before=None)
    while True:
        here = replace(steps, after=place)
        rows, _, place = _Walk(session, selection, screen, here, few=few, size=size).read()
        if rows:
            yield rows
        if place is None:
            return


class _Walk:
    """A walk along the order of a list, from a place and in either direction."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        screen: Screen,
        state: State,
        *,
        few: bool,
        size: int = PER_PAGE,
    ) -> None:
        self._session, self._selection, self._state = session, selection, state
        self._few, self._size = few, size
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
        rows: list[Any] = []
        for empty in self._parts(backwards=backwards):
            if place is not None and empty is not None and empty is not (place.value is None):
                continue
            part = Part(
                few=self._few,
                empty=empty,
                sort=self._column.key,
                descending=self._state.descending != backwards,
                limit=self._size + 1 - len(rows),
                is_beyond=place is not None,
            )
            bound = {} if place is None else {"place": place.value, "place_id": place.id}
            query = self._selection.statements.rows(part)
            rows += self._session.scalars(query, self._selection.values | bound)
            place = None
            if len(rows) > self._size:
                break
        return rows

    def _parts(self, *, backwards: bool) -> Sequence[bool | None]:
        """Return the parts of the list in order: None is all of it, True are those without."""
        if not self._column.nullable:
            return (None,)
        return (True, False) if backwards else (False, True)
