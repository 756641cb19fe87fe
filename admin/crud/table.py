"""What a list shows, worked out before the template writes it: lines of cells."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from admin.crud.columns import Cell
from admin.crud.listing import Page
from admin.crud.screen import Screen


class Line(NamedTuple):
    """One row as it is shown, by the name that it is known by."""

    id: int
    label: str
    cells: Sequence[Cell]


def list_lines(screen: Screen, page: Page) -> list[Line]:
    """Return the rows of a page with the cells of the columns that are listed."""
    if not page.rows:
        return []
    columns = [
        column.cells(page.rows, page.extras[column.name], screen.url)
        for column in screen.columns
        if column.listed
    ]
    return [
        Line(row.id, screen.label(row), cells)
        for row, cells in zip(page.rows, zip(*columns, strict=True), strict=True)
    ]


def list_details(screen: Screen, row: Any, session: Session) -> list[Cell]:
    """Return the cells of every column, for a row's own page."""
    prepared = ((column, column.prepare(session, [row])) for column in screen.columns)
    return [cell for column, extra in prepared for cell in column.cells([row], extra, screen.url)]
