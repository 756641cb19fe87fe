"""Which items two sequences share, in order, in nearly linear time (patience diff).

The standard library's matcher is quadratic on repeated items, and every text repeats empty lines.
Here items that occur once on both sides anchor the comparison; only short gaps between anchors are
compared exhaustively, long ones without any anchor count as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

# At most so many comparisons between two anchors.
_EXHAUSTIVE: Final = 20_000

Gap = tuple[int, int, int, int]


def match(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes of equal items, ascending on both sides."""
    pairs: list[tuple[int, int]] = []
    gaps: list[Gap] = [(0, len(old), 0, len(new))]
    while gaps:
        low, high, start, end = gap = _trim(old, new, gaps.pop(), pairs)
        if low == high or start == end:
            continue
        if anchors := _anchors(old, new, gap):
            pairs += anchors
            gaps += _between(anchors, gap)
        elif (high - low) * (end - start) <= _EXHAUSTIVE:
            pairs += _exhaust(old[low:high], new[start:end], low, start)
    return sorted(pairs)


def _trim(
    old: Sequence[str],
    new: Sequence[str],
    gap: Gap,
    pairs: list[tuple[int, int]],
) -> Gap:
    """Pair what both begin and end with."""
    low, high, start, end = gap
    while low < high and start < end and old[low] == new[start]:
        pairs.append((low, start))
        low, start = low + 1, start + 1
    while low < high and start < end and old[high - 1] == new[end - 1]:
        high, end = high - 1, end - 1
        pairs.append((high, end))
    return low, high, start, end


def _anchors(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[tuple[int, int]]:
    """Longest ascending run of the items that occur once on either side."""
    low, high, start, end = gap
    counts_old, counts_new = Counter(old[low:high]), Counter(new[start:end])
    places = {new[index]: index for index in range(start, end)}
    unique = [
        (index, places[old[index]])
        for index in range(low, high)
        if counts_old[old[index]] == 1 and counts_new[old[index]] == 1
    ]
    return _longest_ascending(unique)


def _longest_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [place], [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(anchors: list[tuple[int, int]], gap: Gap) -> Iterator[Gap]:
    low, high, start, end = gap
    for left, right in [*anchors, (high, end)]:
        yield low, left, start, right
        low, start = left + 1, right + 1


def _exhaust(
    old: Sequence[str],
    new: Sequence[str],
    low: int,
    start: int,
) -> Iterator[tuple[int, int]]:
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield low + block.a + step, start + block.b + step
