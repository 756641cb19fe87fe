"""The statements of a list, kept where they can be: to build one takes longer than to run it."""

from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from admin.crud.narrowing import Narrowing, narrow
from admin.crud.screen import Screen
from admin.crud.state import State


class Selection:
    """What selects the rows of a narrowed list: their number, and the rows in some order."""

    def __init__(self, screen: Screen, narrowing: Narrowing) -> None:
        self._screen, self._narrowing = screen, narrowing
        self._made: dict[Any, Select[Any]] = {}

    @cached_property
    def count(self) -> Select[int, int]:
        """Select the number of rows, as far as they are counted, and of those looked at."""
        return self._narrowing.select_count(self._screen)

    @property
    def ids(self) -> Select[int]:
        """Select the ids of all rows, in no order."""
        return self._narrowing.select_ids(self._screen, None)

    @property
    def is_found(self) -> bool:
        """Whether the ids of the rows are known already."""
        return self._narrowing.ids is not None

    def rows(self, *, few: bool, empty: bool | None, sort: str, limit: int) -> Select[Any]:
        """Select rows in order; `sort` is a column's name, with a minus for the greatest first.

        `few` rows are found by whatever index finds them and then sorted. `empty` asks for the
        rows without a value in that column, or for those with one; None asks for both.
        """
        shape = (few, empty, sort, limit)
        if shape not in self._made:
            self._made[shape] = self._build(*shape)
        return self._made[shape]

    def _build(self, few: bool, empty: bool | None, sort: str, limit: int) -> Select[Any]:
        model, query = self._screen.model, self._screen.query()
        if few:
            query = query.where(model.id.in_(self._narrowing.select_ids(self._screen)))
        else:
            query = query.where(*self._narrowing.every)
        column = getattr(model, sort.removeprefix("-"))
        if empty is not None:
            query = query.where(column.is_(None) if empty else column.is_not(None))
        keys = dict.fromkeys((column, model.id))
        order = [key.desc() if sort.startswith("-") else key.asc() for key in keys]
        return query.order_by(*order).limit(limit)


def select_for(session: Session, screen: Screen, state: State, *, whole: bool = False) -> Selection:
    """Return the statements of a list; while no filter or search is on, those that are kept.

    They are kept by the very conditions, so a screen's `scope` should return the same each time.
    """
    narrowing = narrow(session, screen, state, whole=whole)
    if state.narrowed:
        return Selection(screen, narrowing)
    return _keep(screen, *narrowing.conditions)


@lru_cache(maxsize=128)
def _keep(screen: Screen, *conditions: ColumnElement[bool]) -> Selection:
    return Selection(screen, Narrowing(list(conditions)))
