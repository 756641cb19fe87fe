import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.diffs import DiffLine, Piece, diff_lines

TEXTS = st.lists(
    st.sampled_from(["", "a", "b", "one two three", "one two four", "中文字", "中间字"])
).map("\n".join)


def shown(rows):
    """Write rows as a terminal would, marks in brackets."""
    signs = {"same": " ", "added": "+", "removed": "-", "changed": "~", "folded": "@"}
    lines = []
    for row in rows:
        sides = [row.old, row.new] if row.kind == "changed" else [row.old or row.new]
        texts = ["".join(f"[{p.text}]" if p.marked else p.text for p in side) for side in sides]
        lines.append(signs[row.kind] + (str(row.count) if row.count else " > ".join(texts)))
    return lines


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ("", "", []),
        ("a", "a", [" a"]),
        ("", "a", ["+a"]),
        ("a", "", ["-a"]),
        ("a\nb", "a\nc\nb", [" a", "+c", " b"]),
        ("one two three", "one 2 three", ["~one [two] three > one [2] three"]),
        ("我喜欢学习编程", "我喜欢教学编程", ["~我喜欢学[习]编程 > 我喜欢[教]学编程"]),
        ("entirely other words", "中文", ["-entirely other words", "+中文"]),
        ("a b c d\nx y z", "a b c e", ["~a b c [d] > a b c [e]", "-x y z"]),
    ],
)
def test_diff_lines(old, new, rows):
    assert shown(diff_lines(old, new)) == rows


def test_diff_lines_folds_what_is_far_from_a_change():
    old = "\n".join(map(str, range(20)))
    assert shown(diff_lines(old, old.replace("10", "ten"))) == [
        "@7", " 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13", "@6",
    ]  # fmt: skip


def test_diff_lines_numbers_both_sides():
    rows = diff_lines("a\nb\nc", "b\nc\nd")
    assert [(row.kind, row.old_number, row.new_number) for row in rows] == [
        ("removed", 1, None),
        ("same", 2, 1),
        ("same", 3, 2),
        ("added", None, 3),
    ]


def test_diff_lines_of_equal_long_texts_is_one_fold():
    assert diff_lines("a\n" * 9, "a\n" * 9) == [DiffLine("folded", 1, 1, count=9)]


def test_very_long_lines_are_marked_by_sentence():
    old = "这是一句话。" * 1000 + "旧的结尾。"
    rows = diff_lines(old, old.replace("旧的", "新的"))
    assert rows[0].old[-1] == Piece("旧的结尾。", marked=True)
    assert rows[0].new[-1] == Piece("新的结尾。", marked=True)


@given(TEXTS, TEXTS)
def test_rows_hold_both_texts_entirely(old, new):
    rows = diff_lines(old, new)
    for numbers, text in (
        ([(r.old_number, r.old, r.count) for r in rows], old),
        ([(r.new_number, r.new, r.count) for r in rows], new),
    ):
        lines, at = text.splitlines(), 1
        for number, pieces, count in numbers:
            if number is None:
                continue
            assert number == at
            if not count:
                assert "".join(piece.text for piece in pieces) == lines[at - 1]
            at += count or 1
        assert at == len(lines) + 1
