"""Lines of a menu are moved by presses of buttons."""

import pytest

from admin.menus.lines import Line, act, lines_of, menu_of
from shared.domain.menu_options import MenuItem


def lines(text):
    """Read `a b> c`: b stands below a."""
    return [Line(word.strip(">"), depth=int(word.endswith(">"))) for word in text.split()]


def written(found):
    return " ".join(line.target + ">" * line.depth for line in found)


@pytest.mark.parametrize(
    ("before", "order", "after"),
    [
        ("a b c", "up:1", "b a c"),
        ("a b c", "down:1", "a c b"),
        ("a b c", "up:0", "a b c"),
        ("a b c", "down:2", "a b c"),
        ("a x> b y>", "up:2", "b y> a x>"),
        ("a x> b y>", "down:0", "b y> a x>"),
        ("a x> y> b", "up:2", "a y> x> b"),
        ("a x> b", "down:1", "a b x>"),
        ("a x> b", "up:1", "x a b"),
        ("a b", "in:1", "a b>"),
        ("a b", "in:0", "a b"),
        ("a x>", "out:1", "a x"),
        ("a x> b", "remove:0", "x b"),
        ("a b", "remove:7", "a b"),
        ("a b", "dance:0", "a b"),
        ("a b", "up:-1", "a b"),
        ("", "up:0", ""),
    ],
)
def test_press_moves_a_line_with_what_stands_below_it(before, order, after):
    assert written(act(lines(before), order)) == after


def test_lines_and_menu_say_the_same():
    menu = (
        MenuItem(target="a", label="A", children=(MenuItem(target="x"), MenuItem(target="y"))),
        MenuItem(target="b"),
    )

    assert written(lines_of(menu)) == "a x> y> b"
    assert menu_of(lines_of(menu)) == menu
