"""Tags as a line of text: split at commas, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.editor.fields.tagging import join_tags, split_tags

LINES = [
    ("", ()),
    ("one", ("one",)),
    (" one ,two,, ", ("one", "two")),
    ("实习，Flask、 Python", ("实习", "Flask", "Python")),
    ('"a, b", c', ("a, b", "c")),
    ('"say ""hi""", x', ('say "hi"', "x")),
    ('12" disc, x', ('12" disc', "x")),
    ('"open, x', ('"open', "x")),
    ('"a" b, c', ('"a" b', "c")),
    ('"", x', ("x",)),
]


@pytest.mark.parametrize(("line", "names"), LINES)
def test_line_is_split_at_commas_of_any_kind(line: str, names: tuple[str, ...]) -> None:
    assert split_tags(line) == names


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), max_size=8))
def test_names_come_back_from_their_line(names: list[str]) -> None:
    assert split_tags(join_tags(names)) == tuple(names)


def test_line_of_plain_names_has_no_quotes() -> None:
    assert join_tags(("C++", "实习", 'x"y')) == 'C++, 实习, x"y'
