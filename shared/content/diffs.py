"""What changed between two texts, line by line, with the changed words of a line marked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

from shared.content.matching import match
from shared.content.scripts import HAN, KANA

CONTEXT: Final = 3
_ALIKE: Final = 0.4
_LONG_LINE: Final = 4_000

_WORD: Final = re.compile(rf"[{HAN}{KANA}]|(?:(?![{HAN}{KANA}])\w)+|\s+|[^\w\s]")
_SENTENCE: Final = re.compile(r"[^。！？.!?]*[。！？.!?]+\s*|[^。！？.!?]+")

Kind = Literal["same", "added", "removed", "changed", "folded"]


@dataclass(frozen=True)
class Piece:
    """A part of a line; `marked` if the other side does not have it."""

    text: str
    marked: bool


@dataclass(frozen=True)
class DiffLine:
    """A row: line numbers (from 1) and text of either side; `count` lines folded into one."""

    kind: Kind
    old_number: int | None = None
    new_number: int | None = None
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    count: int = 0


def diff_lines(old: str, new: str) -> list[DiffLine]:
    """Compare two texts; unchanged lines far from any change are folded."""
    before, after = old.splitlines(), new.splitlines()
    rows: list[DiffLine] = []
    low = start = 0
    for left, right in [*match(before, after), (len(before), len(after))]:
        rows += _replaced(before[low:left], after[start:right], low + 1, start + 1)
        if left < len(before):
            line = (Piece(before[left], marked=False),)
            rows.append(DiffLine("same", left + 1, right + 1, line, line))
        low, start = left + 1, right + 1
    return _fold(rows)


def _replaced(
    old: Sequence[str],
    new: Sequence[str],
    old_number: int,
    new_number: int,
) -> Iterator[DiffLine]:
    """Pair lines that resemble each other; the rest was removed and added."""
    added: list[DiffLine] = []
    for index, (before, after) in enumerate(zip_longest(old, new)):
        if before is not None and after is not None and _resemble(before, after):
            yield from added
            added = []
            marks = _mark(before, after)
            yield DiffLine("changed", old_number + index, new_number + index, *marks)
            continue
        if before is not None:
            yield DiffLine("removed", old_number + index, old=(Piece(before, marked=False),))
        if after is not None:
            piece = (Piece(after, marked=False),)
            added.append(DiffLine("added", new_number=new_number + index, new=piece))
    yield from added


def _resemble(old: str, new: str) -> bool:
    """Whether two lines share enough words, wherever they stand."""
    before, after = Counter(_WORD.findall(old)), Counter(_WORD.findall(new))
    shared = sum((before & after).values())
    return 2 * shared >= _ALIKE * (before.total() + after.total())


def _mark(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Mark what differs: words and single Chinese characters, sentences in a very long line."""
    parts = _SENTENCE if max(len(old), len(new)) > _LONG_LINE else _WORD
    before, after = parts.findall(old), parts.findall(new)
    pairs = match(before, after)
    return (
        _pieces(before, {left for left, _ in pairs}),
        _pieces(after, {right for _, right in pairs}),
    )


def _pieces(words: Sequence[str], kept: set[int]) -> tuple[Piece, ...]:
    pieces: list[tuple[bool, list[str]]] = []
    for index, word in enumerate(words):
        marked = index not in kept
        if pieces and pieces[-1][0] == marked:
            pieces[-1][1].append(word)
        else:
            pieces.append((marked, [word]))
    return tuple(Piece("".join(texts), marked) for marked, texts in pieces)


def _fold(rows: Sequence[DiffLine]) -> list[DiffLine]:
    """Keep three unchanged lines on either side of a change."""
    near = set[int]()
    for index, row in enumerate(rows):
        if row.kind != "same":
            near.update(range(index - CONTEXT, index + CONTEXT + 1))
    folded: list[DiffLine] = []
    run: list[DiffLine] = []
    for index, row in enumerate(rows):
        if index in near:
            folded += _fold_run(run)
            run = []
            folded.append(row)
        else:
            run.append(row)
    return folded + _fold_run(run)


def _fold_run(run: list[DiffLine]) -> list[DiffLine]:
    """One line is shown rather than counted."""
    if len(run) <= 1:
        return run
    return [DiffLine("folded", run[0].old_number, run[0].new_number, count=len(run))]
