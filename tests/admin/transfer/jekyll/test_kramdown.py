from textwrap import dedent

import pytest

from admin.transfer.jekyll.kramdown import to_commonmark
from admin.transfer.lines import Line, join


def convert(source: str) -> tuple[str, list[tuple[int, str]]]:
    lines = [Line(number, text) for number, text in enumerate(source.split("\n"), 1)]
    kept, removed = to_commonmark(lines)
    return join(kept), removed


@pytest.mark.parametrize("item", ["* TOC", "1. Contents", "- this will be a list"])
def test_list_marked_as_contents_becomes_toc(item):
    assert convert(f"{item}\n{{:toc}}\n\n# A") == ("[TOC]\n\n# A", [])


@pytest.mark.parametrize(
    ("source", "text", "removed"),
    [
        ("Text.\n{: .note}\nMore.", "Text.\nMore.", (2, "{: .note}")),
        ("# A\n{:.no_toc}", "# A", (2, "{:.no_toc}")),
        ("![a](b.png){:width='50%'} and", "![a](b.png) and", (1, "{:width='50%'}")),
        ("**strong**{: .red}", "**strong**", (1, "{: .red}")),
        ("## Title {#own-id}", "## Title", (1, "{#own-id}")),
        ("{::nomarkdown}<b>x</b>", "<b>x</b>", (1, "{::nomarkdown}")),
    ],
)
def test_attributes_are_removed_and_named(source, text, removed):
    assert convert(source) == (text, [removed])


@pytest.mark.parametrize(
    "source",
    [
        "```\n* TOC\n{:toc}\n```",
        "    {: .in-indented-code}",
        "`x{: .a}` and `## T {#id}`",
        "a set {1, 2} and {{ liquid }}",
        "text\n{:not closed",
    ],
)
def test_code_and_other_braces_stay(source):
    assert convert(source) == (source, [])


def test_several_attributes_of_one_line_are_all_named():
    text, removed = convert("[a](b){: .x} and [c](d){: .y}")
    assert (text, sorted(removed)) == ("[a](b) and [c](d)", [(1, "{: .x}"), (1, "{: .y}")])


def test_fence_in_a_list_is_code():
    source = dedent("""\
        1. one

           ~~~
           {: .kept}
           ~~~
        """)
    assert convert(source) == (source, [])
