"""The official examples of CommonMark 0.31.2, through the core and through the full parser."""

import json
import re
from pathlib import Path

import pytest

from shared.content.parser import FULL, make_core
from shared.content.sanitise import OWN_ID
from shared.content.wording import ENGLISH

CASES = json.loads(
    (Path(__file__).parents[2] / "data/commonmark/cases-0.31.2.json").read_text("utf-8"),
)
CORE = make_core()

NO_LINE_BREAK_IN_EMPTY_QUOTE = {218, 239, 240}  # `<blockquote></blockquote>`: the same document
EMPTY_HEADINGS_ARE_DROPPED = {79}  # a heading without text is a barrier to screen readers
CODE_IS_HIGHLIGHTED = {142, 143}
TITLED_IMAGES_ARE_FIGURES = {572, 573, 576, 577, 584, 585, 586, 588, 589, 591}
BARE_ADDRESSES_ARE_LINKS = {602, 608, 611}
EXTENDED = (
    EMPTY_HEADINGS_ARE_DROPPED
    | CODE_IS_HIGHLIGHTED
    | TITLED_IMAGES_ARE_FIGURES
    | BARE_ADDRESSES_ARE_LINKS
)


def unwrap(html):
    return html.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>")


def render_fully(source):
    env = {"wording": ENGLISH}
    html = FULL.renderer.render(FULL.parse(source, env), FULL.options, env)
    return re.sub(rf' id="{OWN_ID}[^"]*"| tabindex="0"', "", html)


def test_cases_are_complete():
    assert [case["example"] for case in CASES] == list(range(1, 653))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["example"]))
def test_core_renders_example(case):
    html = CORE.render(case["markdown"])
    if case["example"] in NO_LINE_BREAK_IN_EMPTY_QUOTE:
        assert unwrap(html) == unwrap(case["html"])
    else:
        assert html == case["html"]


def test_full_parser_differs_only_where_it_says():
    different = {
        case["example"]
        for case in CASES
        if unwrap(render_fully(case["markdown"])) != unwrap(case["html"])
    }
    assert different == EXTENDED
