import pytest

from admin.transfer.lines import Line, join
from admin.transfer.references import rewrite


def seen(source: str) -> list[tuple[int, str, bool]]:
    found = []

    def note(reference, line):
        found.append((line, reference.target, reference.is_image))
        return reference.target

    lines = [Line(number, text) for number, text in enumerate(source.split("\n"), 1)]
    assert join(rewrite(lines, note)) == source
    return found


def renamed(source: str) -> str:
    lines = [Line(1, text) for text in source.split("\n")]
    return join(rewrite(lines, lambda reference, _: f"<{reference.target}>".strip("<>").upper()))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("[a](/b/)", ("/b/", False)),
        ("![a](b.png)", ("b.png", True)),
        ("[a]( /b/ 'title')", ("/b/", False)),
        ("[a](</b c/>)", ("/b c/", False)),
        ("[a](/b(1)/)", ("/b(1)/", False)),
        ("text](/b/) of a link begun a line above", ("/b/", False)),
        ("[a]: /b/ 'title'", ("/b/", False)),
        ("[a]: </b c/>", ("/b c/", False)),
        ('<a class="x" href="/b/">', ("/b/", False)),
        ("<img alt='' src='b.png'>", ("b.png", True)),
        (r"![](E:\my pictures\图 (1).png)", (r"E:\my pictures\图 (1).png", True)),
        (r"![](E:\图片\a.png)", (r"E:\图片\a.png", True)),
    ],
)
def test_address_is_found(source, found):
    assert seen(source) == [(1, *found)]


def test_picture_in_a_link_is_found_with_its_link():
    assert seen("[![a](b.png)](/c/)") == [(1, "b.png", True), (1, "/c/", False)]


@pytest.mark.parametrize(
    "source",
    [
        "`[a](/b/)`",
        "``a ` [a](/b/)``",
        "`code over\nlines [a](/b/)`",
        "```\n[a](/b/)\n```",
        "~~~ md\n![a](/b/)\n~~~",
        "    [a](/b/)",
        "- x\n\n      [a](/b/)",
        "[^1]: a footnote",
        "a [b] (c) and f(x)[y]",
    ],
)
def test_code_and_other_brackets_hold_no_address(source):
    assert seen(source) == []


def test_text_after_an_unclosed_back_tick_is_no_code():
    assert seen("a ` b [a](/b/)") == [(1, "/b/", False)]
    assert seen("a \\` b [a](/b/) \\`") == [(1, "/b/", False)]


def test_addresses_are_replaced_where_they_stand():
    assert renamed("[a](/a/) ![b](b.png) `[c](/c/)`") == "[a](/A/) ![b](B.PNG) `[c](/c/)`"
    assert renamed("<img src='x.png'> [r][]\n\n[r]: /y/") == "<img src='X.PNG'> [r][]\n\n[r]: /Y/"
