"""Columns of a list as objects: what a cell shows, and by which macro."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.web import now

Extra = Mapping[int, Any]


class Column:
    """Text: an attribute of the row, or what `value` makes of the row.

    `sortable` columns must be attributes of the model; one that is not `listed` stands on the
    row's own page only; `kind` names the macro of the cell.
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


class LinkColumn(Column):
    """The column by which a row is known: it leads to the row's page; `note` stands below it."""

    kind = "link"

    def __init__(self, name: str, title: str = "", *, note: str = "", **options: Any) -> None:
        super().__init__(name, title, **options)
        self.note = note

    def note_of(self, row: Any) -> str:
        """Return the small text below the link."""
        return str(getattr(row, self.note) or "") if self.note else ""


class DateColumn(Column):
    """An instant, in the site's zone."""

    kind = "date"


class StatusColumn(Column):
    """A state as a badge: `value` returns it, `looks` gives each its colour and word."""

    kind = "status"

    def __init__(
        self, name: str, title: str = "", *, looks: Mapping[str, tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(name, title, **options)
        self.looks = looks

    def look(self, state: str) -> tuple[str, str]:
        """Return colour and word of a state."""
        return self.looks.get(state, ("", state))


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

    def url(self, row: Any) -> str:
        """Return the address that lists what was counted, empty where there is none."""
        if self._link is None:
            return ""
        endpoint, parameter, attribute = self._link
        return url_for(endpoint, **{parameter: getattr(row, attribute)})


def status_now(row: Any) -> str:
    """Return the status of a post at the moment of the request."""
    return str(row.status(now()))
