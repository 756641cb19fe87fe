"""Columns of what other tables hold about each row, all read with one query a page."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.addresses import address
from admin.crud.columns import Address, Cell, Column, Extra
from admin.display import grouped

IDS: BindParameter[Any] = bindparam("ids", expanding=True)
Words = dict[str, str]


class RelatedColumn(Column):
    """A column whose cells are read besides the rows: `related` selects row id and text."""

    def related(self) -> Select[Any]:
        """Select id of the row and text, of the rows whose ids are bound as `ids`."""
        raise NotImplementedError  # a seam: only the kinds below are made


class CountColumn(RelatedColumn):
    """How many rows of another table belong to each row, counted with one grouped query.

    `link` is an endpoint and the filter by which it shows those rows: `("page.index", "tag")`.
    """

    kind = "count"

    def __init__(
        self,
        name: str,
        title: Any = "",
        *,
        key: InstrumentedAttribute[Any],
        link: tuple[str, str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(name, title, **options)
        self._key, self._link = key, link

    def related(self) -> Select[Any]:
        """Count for the rows of this page only."""
        counted = cast(func.count(), String)
        return select(self._key, counted).where(self._key.in_(IDS)).group_by(self._key)

    def value(self, row: Any, extra: Extra) -> int:
        """Return the count of a row."""
        return int(next(iter(extra.get(row.id, ())), 0))

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return numbers that lead to what was counted, where there is any."""
        title = str(self.title)
        for row in rows:
            count = self.value(row, extra)
            yield Cell(self.kind, title, grouped(count), self._list_of(row) if count else "")

    def _list_of(self, row: Any) -> str:
        if self._link is None:
            return ""
        endpoint, parameter, attribute = self._link
        return address(endpoint, **{parameter: getattr(row, attribute)})


class LabelsColumn(RelatedColumn):
    """The names of what belongs to each row, such as a post's tags: `key` names the row.

    `joined` says how the table of the names is reached from that of the key.
    """

    def __init__(
        self,
        name: str,
        title: Any = "",
        *,
        key: InstrumentedAttribute[Any],
        label: InstrumentedAttribute[str],
        joined: Callable[[], Any],
        **options: Any,
    ) -> None:
        super().__init__(name, title, **options)
        self._key, self._label, self._joined = key, label, joined

    def related(self) -> Select[Any]:
        """Select the names."""
        named = select(self._key, self._label).join(self._label.class_, self._joined())
        return named.where(self._key.in_(IDS))

    def value(self, row: Any, extra: Extra) -> str:
        """Return the names in their order."""
        return ", ".join(sorted(extra.get(row.id, ())))


def read_extras(
    session: Session, columns: Sequence[Column], rows: Sequence[Any], named: Sequence[Any] = ()
) -> tuple[dict[str, Extra], list[str]]:
    """Read what columns need of these rows, and with the same query the names of a few things.

    `named` are selects of one name each. Returns both, the names in the order of the selects.
    """
    if not rows:
        columns = ()
    related = tuple(column for column in columns if isinstance(column, RelatedColumn))
    extras: dict[str, Any] = {
        column.name: {} if column in related else column.prepare(session, rows)
        for column in columns
    }
    names = [""] * len(named)
    if related or named:
        parts = _select(related) if not named else union_all(*_parts(related), *_names(named))
        ids = {"ids": [row.id for row in rows]} if related else {}
        for number, row_id, words in session.connection().execute(parts, ids):
            if number < 0:
                names[-number - 1] = words
            else:
                extras[related[number].name].setdefault(row_id, []).append(words)
    return extras, names


@lru_cache(maxsize=64)
def _select(related: tuple[RelatedColumn, ...]) -> CompoundSelect[Any]:
    return union_all(*_parts(related))


def _parts(related: Sequence[RelatedColumn]) -> list[Select[Any]]:
    parts = []
    for number, column in enumerate(related):
        key, words = column.related().subquery().c
        parts.append(select(literal(number).label("number"), key.label("id"), words.label("words")))
    return parts


def _names(named: Sequence[Select[Any]]) -> list[Select[Any]]:
    parts = []
    for number, query in enumerate(named, start=1):
        (words,) = query.subquery().c
        own = literal(-number).label("number"), literal(0).label("id"), words.label("words")
        parts.append(select(*own))
    return parts
