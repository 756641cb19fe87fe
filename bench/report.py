"""The figures of a run as tables, a section for each part."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BUSY: Final = 0.5  # load average above which figures are not to be trusted
Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """The head of a column and the form of its figures."""

    name: str
    form: str = ""

    def show(self, cell: Cell) -> str:
        """Return a cell as text."""
        if cell is None:
            return ""
        return cell if isinstance(cell, str) else format(cell, self.form)


@dataclass(frozen=True)
class Section:
    """A table with a title, and what must be known to read it."""

    part: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()

    def as_text(self) -> str:
        """Return title, table and notes."""
        heads = [column.name for column in self.columns]
        lines = [[c.show(cell) for c, cell in zip(self.columns, r, strict=True)] for r in self.rows]
        return "\n".join([f"{self.part}: {self.title}", "", aligned([heads, *lines]), *self.notes])

    def as_records(self) -> list[dict[str, Cell]]:
        """Return the rows for a program to read."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """Everything that a run found; `load` is what the machine did before and after."""

    size: int
    client: str
    sections: Sequence[Section]
    load: tuple[float, float]

    def as_text(self) -> str:
        """Return the title and the sections."""
        before, after = self.load
        title = f"{self.size:,} posts, asked by {self.client}; load {before:.1f} to {after:.1f}"
        if before > BUSY:
            title += "; DISTURBED: the machine was busy before the run"
        return "\n\n\n".join([title, *(section.as_text() for section in self.sections)])

    def as_json(self) -> str:
        """Return the figures for a program to read."""
        sections = [
            {"part": one.part, "title": one.title, "rows": one.as_records()}
            for one in self.sections
        ]
        told = {"posts": self.size, "client": self.client, "load": self.load}
        return json.dumps(told | {"sections": sections}, indent=2, ensure_ascii=False) + "\n"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Return lines in columns: the first and the last to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    ends = {0, len(widths) - 1}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in ends else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
