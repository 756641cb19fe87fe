"""Columns of a list as objects: what their cells show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.acting import zone
from admin.addresses import address
from admin.display import grouped, iso, on_the_wall

Extra = Mapping[int, Any]
Address = Callable[[Any], str]


class Cell(NamedTuple):
    """What the template writes in the shape of its `kind`; `url` is empty where nothing is led to.

    `detail` is the small text below a link, the colour of a badge, or an instant for machines.
    """

    kind: str
    title: str
    text: Any
    url: str = ""
    detail: str = ""


class Column:
    """Text: an attribute of the row, or what `value` makes of the row.

    `sortable` columns must be attributes of the model; one that is not `listed` stands on the
    row's own page only; `kind` names the shape of the cells.
    """

    kind = "text"

    def __init__(
        self,
        name: str,
        title: str = "",
        *,
        sortable: bool = False,
        listed: bool = True,
        value: Callable[[Any], Any] | None = None,
    ) -> None:
        self.name = name
        self.title = title or name.replace("_", " ").capitalize()
        self.sortable, self.listed = sortable, listed
        self._value = value

    def prepare(self, session: Session, rows: Sequence[Any]) -> Extra:  # noqa: ARG002 - a seam
        """Read with one query what the cells of these rows need besides the rows, by row id."""
        return {}

    def value(self, row: Any, extra: Extra) -> Any:  # noqa: ARG002 - a seam
        """Return what the cell of a row shows."""
        return self._value(row) if self._value else getattr(row, self.name)

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return the cell of each row; the last argument gives the address of a row's own page."""
        title = str(self.title)  # looked up once, not for every row
        for row in rows:
            value = self.value(row, extra)
            yield Cell(self.kind, title, "" if value is None else value)


class LinkColumn(Column):
    """The column by which a row is known: it leads to the row's page; `note` stands below it."""

    kind = "link"

    def __init__(self, name: str, title: str = "", *, note: str = "", **options: Any) -> None:
        super().__init__(name, title, **options)
        self.note = note

    def cells(self, rows: Sequence[Any], extra: Extra, url: Address, /) -> Iterator[Cell]:
        """Return links."""
        title = str(self.title)
        for row in rows:
            note = (getattr(row, self.note) or "") if self.note else ""
            yield Cell(self.kind, title, self.value(row, extra), url(row), note)


class DateColumn(Column):
    """An instant, in the site's zone."""

    kind = "date"

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return instants, for people and for machines."""
        here, title = zone(), str(self.title)
        for row in rows:
            at = self.value(row, extra)
            shown = ("", "") if at is None else (on_the_wall(at, here), iso(at))
            yield Cell(self.kind, title, shown[0], detail=shown[1])


class StatusColumn(Column):
    """A state as a badge: `value` returns it, `looks` gives each its colour and word."""

    kind = "status"

    def __init__(
        self, name: str, title: str = "", *, looks: Mapping[str, tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(name, title, **options)
        self.looks = looks

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return badges; a state without a look shows its name."""
        title, looks = str(self.title), {}
        for row in rows:
            state = self.value(row, extra)
            if state not in looks:
                colour, word = self.looks.get(state, ("", state))
                looks[state] = (str(word), colour)
            yield Cell(self.kind, title, looks[state][0], detail=looks[state][1])


class CountColumn(Column):
    """How many rows of another table belong to each row, counted with one grouped query.

    `link` is an endpoint and the filter by which it shows those rows: `("page.index", "tag")`.
    """

    kind = "count"

    def __init__(
        self,
        name: str,
        title: str = "",
        *,
        key: InstrumentedAttribute[Any],
        link: tuple[str, str, str] | None = None,
    ) -> None:
        super().__init__(name, title)
        self._key, self._link = key, link

    def prepare(self, session: Session, rows: Sequence[Any]) -> Extra:
        """Count for the rows of this page only."""
        ids = [row.id for row in rows]
        counted = select(self._key, func.count()).where(self._key.in_(ids)).group_by(self._key)
        return dict(session.execute(counted).all())

    def value(self, row: Any, extra: Extra) -> int:
        """Return the count of a row."""
        return int(extra.get(row.id, 0))

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
