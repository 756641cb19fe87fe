"""What a list shows, worked out before the template writes it: lines of cells."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import format_date, gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from admin.acting import zone
from admin.crud.columns import Column, DateColumn, Extra
from admin.crud.related import read_extras
from admin.crud.screen import Screen
from admin.crud.state import State
from admin.crud.writing import write_cells, write_details


class Line(NamedTuple):
    """One row as it is shown, by the name that it is known by, and what stands above it."""

    id: int
    label: str
    cells: Markup
    tick: str
    heading: str = ""


def list_lines(
    screen: Screen, columns: Sequence[Column], rows: Sequence[Any], extras: Mapping[str, Extra]
) -> list[Line]:
    """Return rows with the cells of these columns."""
    if not rows:
        return []
    cells = [column.cells(rows, extras[column.name], screen.url) for column in columns]
    ticks = gettext("Select %(label)s")  # asked for once, filled in for each row
    labels = [screen.label(row) for row in rows]
    return [
        Line(row.id, label, write_cells(line), ticks % {"label": label})
        for row, label, line in zip(rows, labels, zip(*cells, strict=True), strict=True)
    ]


def headed(screen: Screen, state: State, rows: Sequence[Any], lines: Sequence[Line]) -> list[Line]:
    """Return lines with each day above the first of its rows, where the list is in that order."""
    column = next((column for column in screen.columns if column.name == state.column), None)
    if not isinstance(column, DateColumn) or not column.by_day:
        return list(lines)
    here, before, found = zone(), None, []
    for row, line in zip(rows, lines, strict=True):
        at = column.value(row, {})
        day = at.astimezone(here).date() if at is not None else None
        is_new = day is not None and day != before
        found.append(line._replace(heading=format_date(day, "full")) if is_new else line)
        before = day
    return found


def list_details(screen: Screen, row: Any, session: Session) -> Markup:
    """Return the cells of every column, for a row's own page."""
    extras, _ = read_extras(session, screen.columns, [row])
    return write_details(
        cell
        for column in screen.columns
        for cell in column.cells([row], extras[column.name], screen.url)
    )
