"""Text on its way through the importer: each line knows the line of the file it came from."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt

_BLOCKS = MarkdownIt("commonmark").enable("table")
_TICKS = re.compile(r"\\`|`+")


class Line(NamedTuple):
    """A line of text and its number in the file."""

    number: int
    text: str


class Piece(NamedTuple):
    """A stretch of text that begins at a line of the file; `moving` when it was copied from it."""

    text: str
    number: int
    moving: bool


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Join pieces and cut them into lines."""
    lines: list[Line] = []
    text, number = "", 0
    for piece in pieces:
        for index, part in enumerate(piece.text.split("\n")):
            if index:
                lines.append(Line(number, text))
                text, number = "", 0
            number = number or piece.number + (index if piece.moving else 0)
            text += part
    lines.append(Line(number, text))
    return lines


def join(lines: Iterable[Line]) -> str:
    """Return the text of lines."""
    return "\n".join(line.text for line in lines)


def code_spans(lines: Sequence[Line]) -> list[list[tuple[int, int]]]:
    """Return for each line the stretches (start, end) that are code."""
    spans: list[list[tuple[int, int]]] = [[] for _ in lines]
    for token in _BLOCKS.parse(join(lines)):
        if token.map is None:
            continue
        first, end = token.map[0], min(token.map[1], len(lines))
        if token.type in {"fence", "code_block"}:
            for at in range(first, end):
                spans[at] = [(0, len(lines[at].text))]
        elif token.type == "inline":
            _mark_inline(lines, first, end, spans)
    return spans


def is_code(spans: list[tuple[int, int]], at: int) -> bool:
    """Tell whether a column lies in one of a line's stretches of code."""
    return any(start <= at < end for start, end in spans)


def _mark_inline(
    lines: Sequence[Line], first: int, end: int, spans: list[list[tuple[int, int]]]
) -> None:
    """Mark the back-tick spans of one paragraph, which may run over its lines."""
    ticks = [
        (at, match.start(), match.end())
        for at in range(first, end)
        for match in _TICKS.finditer(lines[at].text)
        if match[0] != "\\`"
    ]
    while ticks:
        line, start, stop = ticks.pop(0)
        closing = next((tick for tick in ticks if tick[2] - tick[1] == stop - start), None)
        if closing is None:
            continue
        del ticks[: ticks.index(closing) + 1]
        for at in range(line, closing[0] + 1):
            left = start if at == line else 0
            right = closing[2] if at == closing[0] else len(lines[at].text)
            spans[at].append((left, right))
