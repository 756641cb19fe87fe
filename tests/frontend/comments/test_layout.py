from datetime import UTC, datetime

from frontend.comments.layout import FULL, MOST, build, lay_out
from frontend.comments.reading import Remark

AT = datetime(2026, 3, 1, tzinfo=UTC)


def shape(tree, page=1):
    """Return a page as nested numbers; what names whom it answers is a pair."""
    layout = lay_out(tree)
    remarks = {number: Remark(number, parent, "Vi", "", AT, None) for number, parent in tree}
    nodes = build(layout, page, remarks)

    def told(node):
        own = node.remark.id
        name = (own, node.answers.id) if node.answers else own
        return [name, *map(told, node.children)]

    return [told(node) for node in nodes]


def test_threads_stand_oldest_first():
    assert shape([(1, None), (2, None), (3, 1), (4, 2), (5, 1)]) == [[1, [3], [5]], [2, [4]]]


def test_what_is_deeper_than_four_levels_names_whom_it_answers():
    tree = [(1, None), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, 4)]
    assert shape(tree) == [[1, [2, [3, [4], [(5, 4)], [(6, 5)], [(7, 4)]]]]]


def test_what_answers_a_hidden_comment_begins_a_thread():
    assert shape([(2, 1), (3, 2)]) == [[2, [3]]]


def test_pages_begin_with_threads_and_hold_only_so_much():
    tree = [(number, None) for number in range(1, FULL)] + [(FULL, None), (FULL + 1, None)]
    assert [len(page) for page in lay_out(tree).pages] == [FULL, 1]
    tree = [(1, None), *((number, 1) for number in range(2, MOST + 3))]
    layout = lay_out(tree)
    assert [len(page) for page in layout.pages] == [MOST, 2]
    assert (layout.page_of(1), layout.page_of(MOST + 1), layout.page_of(999)) == (1, 2, 0)
    assert shape(tree, page=2) == [[(MOST + 1, 1)], [(MOST + 2, 1)]]


def test_ten_thousand_deep_is_laid_out():
    tree = [(1, None), *((number, number - 1) for number in range(2, 10_001))]
    layout = lay_out(tree)
    assert sum(map(len, layout.pages)) == 10_000
    assert shape(tree, page=50)[-1] == [(10_000, 9_999)]
