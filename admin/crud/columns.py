"""Columns of a list as objects: what their cells show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from admin.acting import may, zone
from admin.crud.inline import Edit
from admin.display import iso, wall_of

Extra = Mapping[int, Any]
Address = Callable[[Any], str]


class Cell(NamedTuple):
    """What the template writes in the shape of its `kind`; `url` is empty where nothing is led to.

    `detail` is the small text below a link, the colour of a badge, or an instant for machines;
    `edit` names the column where it may be changed in its place; `busy` tells who is at it now.
    """

    kind: str
    title: str
    text: Any
    url: str = ""
    detail: str = ""
    edit: str = ""
    busy: str = ""


class Column:
    """Text: an attribute of the row, or what `value` makes of the row.

    `sortable` columns must be attributes of the model with an index; one that is not `shown` is
    there for those who choose it, one that is not `listed` stands on the row's own page only;
    `kind` names the shape of the cells. `edit` says how the cell is changed in its place.
    """

    kind = "text"

    def __init__(
        self,
        name: str,
        title: Any = "",
        *,
        sortable: bool = False,
        shown: bool = True,
        listed: bool = True,
        value: Callable[[Any], Any] | None = None,
        edit: Edit | None = None,
    ) -> None:
        self.name = name
        self.title = title or name.replace("_", " ").capitalize()
        self.sortable, self.shown, self.listed = sortable, shown, listed
        self._value, self.edit = value, edit

    @property
    def editable(self) -> str:
        """The name, where the person at hand may change the cells in their place."""
        return self.name if self.edit is not None and may(*self.edit.permissions) else ""

    def prepare(self, session: Session, rows: Sequence[Any]) -> Extra:  # noqa: ARG002 - a seam
        """Read with one query what the cells of these rows need besides the rows, by row id."""
        return {}

    def value(self, row: Any, extra: Extra) -> Any:  # noqa: ARG002 - a seam
        """Return what the cell of a row shows."""
        return self._value(row) if self._value else getattr(row, self.name)

    def plain(self, row: Any, extra: Extra) -> Any:
        """Return the value for a table of another program: text, number, instant or None."""
        value = self.value(row, extra)
        return value if value is None or isinstance(value, int) else str(value)

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return the cell of each row; the last argument gives the address of a row's own page."""
        title, edit = str(self.title), self.editable
        for row in rows:
            value = self.value(row, extra)
            yield Cell(self.kind, title, "" if value is None else value, edit=edit)


class LinkColumn(Column):
    """The column by which a row is known: it leads to the row's page; `note` stands below it."""

    kind = "link"

    def __init__(self, name: str, title: Any = "", *, note: str = "", **options: Any) -> None:
        super().__init__(name, title, **options)
        self.note = note

    def busy(self, row: Any, extra: Extra) -> str:  # noqa: ARG002 - a seam
        """Return who is at the row now, in words."""
        return ""

    def cells(self, rows: Sequence[Any], extra: Extra, url: Address, /) -> Iterator[Cell]:
        """Return links."""
        title, edit = str(self.title), self.editable
        for row in rows:
            note = (getattr(row, self.note) or "") if self.note else ""
            busy = self.busy(row, extra)
            yield Cell(self.kind, title, self.value(row, extra), url(row), note, edit, busy)


class DateColumn(Column):
    """An instant, in the site's zone; `by_day`: a list in its order has the days as headings."""

    kind = "date"

    def __init__(self, name: str, title: Any = "", *, by_day: bool = False, **options: Any) -> None:
        super().__init__(name, title, **options)
        self.by_day = by_day

    def plain(self, row: Any, extra: Extra) -> Any:
        """Return the instant itself."""
        return self.value(row, extra)

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return instants, for people and for machines."""
        write, title = wall_of(zone()), str(self.title)
        for row in rows:
            at = self.value(row, extra)
            shown = ("", "") if at is None else (write(at), iso(at))
            yield Cell(self.kind, title, shown[0], detail=shown[1])


class StatusColumn(Column):
    """A state as a badge: `value` returns it, `looks` gives each its colour and word."""

    kind = "status"

    def __init__(
        self, name: str, title: Any = "", *, looks: Mapping[str, tuple[str, Any]], **options: Any
    ) -> None:
        super().__init__(name, title, **options)
        self.looks = looks

    def plain(self, row: Any, extra: Extra) -> str:
        """Return the word of a state."""
        state = self.value(row, extra)
        return str(self.looks.get(state, ("", state))[1])

    def cells(self, rows: Sequence[Any], extra: Extra, _: Address, /) -> Iterator[Cell]:
        """Return badges; a state without a look shows its name."""
        title, words = str(self.title), {}
        for row in rows:
            state = self.value(row, extra)
            if state not in words:
                colour, word = self.looks.get(state, ("", state))
                words[state] = Cell(self.kind, title, str(word), detail=colour)
            yield words[state]
