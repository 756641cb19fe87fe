import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.content.matching import match

ITEMS = st.lists(st.sampled_from("abcde"))


class Counted(str):
    """A string that counts how often it is compared."""

    __slots__ = ()
    comparisons = 0
    __hash__ = str.__hash__

    def __eq__(self, other):
        Counted.comparisons += 1
        return str.__eq__(self, other)


def test_match_finds_moved_neighbours():
    assert match("abcxyz", "abxyzq") == [(0, 0), (1, 1), (3, 2), (4, 3), (5, 4)]


def test_match_of_nothing():
    assert match("", "abc") == []


@given(ITEMS, ITEMS)
def test_match_pairs_equal_items_in_ascending_order(old, new):
    pairs = match(old, new)
    assert all(old[left] == new[right] for left, right in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(ITEMS)
def test_match_with_itself_is_complete(items):
    assert match(items, items) == [(index, index) for index in range(len(items))]


def test_match_work_stays_near_linear_on_repeated_items():
    draw = random.Random(1)  # noqa: S311 - a reproducible sample

    def work(size):
        old = [Counted(draw.choice(["", "", *map(str, range(size // 4))])) for _ in range(size)]
        new = draw.sample(old, size)
        Counted.comparisons = 0
        match(old, new)
        return Counted.comparisons

    assert work(8000) < 6 * work(2000) + 100_000
