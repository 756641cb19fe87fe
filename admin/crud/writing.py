"""Cells as HTML, each in the shape of its kind: a macro of Jinja's takes three times as long."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from admin.crud.columns import Cell

PENCIL: Final = (
    '<svg class="icon" viewBox="0 0 24 24" width="14" height="14" aria-hidden="true"'
    ' focusable="false"><path d="M4 20l1-4L16 5l3 3L8 19z"/></svg>'
)


def write_cells(line: Iterable[Cell]) -> Markup:
    """Return the cells of a row of a table."""
    written = (
        f"{_open(cell.kind, cell.title, cell.edit, is_empty=cell.text == '')}{_inside(cell)}</td>"
        for cell in line
    )
    return Markup("".join(written))  # noqa: S704 - both parts escape


def write_details(cells: Iterable[Cell]) -> Markup:
    """Return cells beside their titles, for a list of what there is of one row."""
    written = (
        f"<div><dt>{escape(cell.title)}</dt><dd>{_inside(cell)}</dd></div>\n" for cell in cells
    )
    return Markup("".join(written))  # noqa: S704 - both parts escape


@lru_cache(maxsize=512)
def _open(kind: str, title: str, edit: str, *, is_empty: bool) -> str:
    none = " cell-none" if is_empty else ""
    edited = f' data-edit="{escape(edit)}"' if edit else ""
    return f'<td class="cell-{kind}{none}" data-label="{escape(title)}"{edited}>'


def _inside(cell: Cell) -> str:
    """Return what stands in a cell, escaped."""
    kind, _title, text, url, detail, _edit, busy = cell
    if kind == "date":
        return f'<time datetime="{escape(detail)}">{escape(text)}</time>' if detail else ""
    if kind == "status":
        colour = f" badge-{escape(detail)}" if detail else ""
        return f'<span class="badge{colour}">{escape(text)}</span>'
    note = f' <span class="cell-note">{escape(detail)}</span>' if detail else ""
    if busy:
        note += f' <span class="cell-busy">{PENCIL}{escape(busy)}</span>'
    if kind != "link":
        return (f'<a href="{escape(url)}">{escape(text)}</a>' if url else str(escape(text))) + note
    if url:
        return f'<a class="cell-main" href="{escape(url)}">{escape(text)}</a>{note}'
    return f'<span class="cell-main">{escape(text)}</span>{note}'
