"""Columns of what other tables hold about each row, all read with one query a page."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

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
from admin.crud.filters import Named
from admin.display import grouped

IDS: BindParameter[Any] = bindparam("ids", expanding=True)
MOST: Final = 1_000


class RelatedColumn(Column):
    """A column whose cells are read besides the rows: `related` selects row id and text."""

    def related(self, *, whole: bool) -> Select[Any]:
        """Select id of the row and text, of the rows whose ids are bound as `ids`.

        For a page what takes long may be cut short, unless the `whole` is wanted.
        """
        raise NotImplementedError  # a seam: only the kinds below are made

    def values(self) -> dict[str, Any]:
        """Return what else `related` is called with, under names of the column's own."""
        return {}


class CountColumn(RelatedColumn):
    """How many rows of another table belong to each row of a page, counted with one query.

    A page counts no further than MOST, since a tag may stand on half of all posts. `link` is an
    endpoint and the filter by which it shows those rows: `("page.index", "tag")`.
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

    def related(self, *, whole: bool) -> Select[Any]:
        """Count for the rows of this page only."""
        if whole:
            counted = cast(func.count(), String)
            return select(self._key, counted).where(self._key.in_(IDS)).group_by(self._key)
        (target,) = self._key.property.columns[0].foreign_keys
        row_id = target.column.table.alias().c.id
        mine = select(literal(1)).where(self._key == row_id).correlate(row_id.table)
        first = mine.limit(MOST + 1).subquery()
        counted = cast(select(func.count()).select_from(first).scalar_subquery(), String)
        return select(row_id, counted).where(row_id.in_(IDS))

    def value(self, row: Any, extra: Extra) -> int:
        """Return the count of a row."""
        return int(next(iter(extra.get(row.id, ())), 0))

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return numbers that lead to what was counted, where there is any."""
        title = str(self.title)
        for row in rows:
            count = self.value(row, extra)
            told = grouped(count) if count <= MOST else f"{grouped(MOST)}+"
            yield Cell(self.kind, title, told, self._list_of(row) if count else "")

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

    def related(self, *, whole: bool) -> Select[Any]:  # noqa: ARG002 - a page shows few names
        """Select the names."""
        named = select(self._key, self._label).join(self._label.class_, self._joined())
        return named.where(self._key.in_(IDS))

    def value(self, row: Any, extra: Extra) -> str:
        """Return the names in their order."""
        return ", ".join(sorted(extra.get(row.id, ())))


def read_extras(
    session: Session,
    columns: Sequence[Column],
    rows: Sequence[Any],
    named: Sequence[Named] = (),
    *,
    whole: bool = False,
) -> tuple[dict[str, Extra], list[str]]:
    """Read what columns need of these rows, and with the same query the names of a few things.

    `named` reads one name each. Returns both, the names in the order of these. What a page cuts
    short is read `whole` for files.
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
        parts = _select(related, tuple(one.select for one in named), whole=whole)
        bound: dict[str, Any] = {"ids": [row.id for row in rows]} if related else {}
        for column in related:
            bound |= column.values()
        for one in named:
            bound |= one.values
        for number, row_id, words in session.connection().execute(parts, bound):
            if number < 0:
                names[-number - 1] = words
            else:
                extras[related[number].name].setdefault(row_id, []).append(words)
    return extras, names


@lru_cache(maxsize=128)
def _select(
    related: tuple[RelatedColumn, ...], named: tuple[Select[Any], ...], *, whole: bool
) -> CompoundSelect[Any]:
    return union_all(*_parts(related, whole=whole), *_names(named))


def _parts(related: Sequence[RelatedColumn], *, whole: bool) -> list[Select[Any]]:
    parts = []
    for number, column in enumerate(related):
        key, words = column.related(whole=whole).subquery().c
        parts.append(select(literal(number).label("number"), key.label("id"), words.label("words")))
    return parts


def _names(named: Sequence[Select[Any]]) -> list[Select[Any]]:
    parts = []
    for number, query in enumerate(named, start=1):
        (words,) = query.subquery().c
        own = literal(-number).label("number"), literal(0).label("id"), words.label("words")
        parts.append(select(*own))
    return parts
