"""Whatever is typed, only listed elements, attributes and addresses reach the page."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.content.allowed import ATTRIBUTES, SCHEMES, TAGS
from shared.content.markdown import render
from tests.shared.content.page import Page

ADDRESSES = ("href", "src", "poster", "cite", "srcset")
GIVEN_BY_US = {"a": {"rel"}, "img": {"loading", "decoding"}, "input": {"type", "disabled"}}
SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)

LINES = (Path(__file__).parents[2] / "data/markup_soup.txt").read_text("utf-8").splitlines()
BLOCKS = ["\n", "\n\n", "    ", "# ", "> ", "- ", "1. ", "~~~\n", "```html\n", "[TOC]\n", "|-|\n"]
ODD = ["[x]: javascript:y\n", "[^a]: ", "[a](<java\tscript:x>)", "\x00", "\u202e", "\x85"]
PIECES = st.sampled_from([*LINES, *BLOCKS, *ODD])
SOUP = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


def check(html):
    page = Page(html)
    for tag, attributes in page.elements:
        assert tag in TAGS
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | GIVEN_BY_US.get(tag, set())
        assert set(attributes) <= allowed
        for name in ADDRESSES:
            for address in re.sub(r"[\0-\x20]", "", attributes.get(name) or "").split(","):
                scheme = SCHEME.match(address)
                assert scheme is None or scheme[1].lower() in SCHEMES
        if tag == "input":
            assert attributes["type"] == "checkbox"
            assert "disabled" in attributes
        if tag == "img":
            assert attributes["src"]
    assert page.other == []
    assert page.errors == []


@given(SOUP)
@settings(max_examples=400, deadline=None)
def test_soup_of_markup_is_safe(source):
    check(render(source).html)


@given(st.text())
@settings(deadline=None)
def test_any_text_is_safe_and_sanitising_is_stable(source):
    check(render(source).html)


@given(SOUP)
@settings(max_examples=200, deadline=None)
def test_ids_are_unique_unless_raw_html_repeats_them(source):
    ids = [
        attributes["id"]
        for _, attributes in Page(render(source).html).elements
        if "id" in attributes
    ]
    own = [name for name in ids if not name.startswith("user_")]
    assert len(own) == len(set(own))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<script>alert(1)</script>", ""),
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ('<p onclick="x" style="y" class="z">a</p>', "<p>a</p>"),
        ('<a id="body" name="x">a</a>', '<p><a id="user_body">a</a></p>'),
        ('<b id="x">a</b> [b](#x)', '<p><b id="user_x">a</b> <a href="#user_x">b</a></p>'),
        ('<form action="/x"><button>a</button></form>', "a"),
        ('<iframe src="https://x.org">a</iframe>', ""),
        ('<a href="java&#9;script:x">a</a>', "<p><a>a</a></p>"),
        ("<abbr title='C'>C</abbr>", '<p><abbr title="C">C</abbr></p>'),
        ("<svg><style><img src=x onerror=y></style></svg>", "<p></p>"),
        (
            "<img src='/a.png' srcset='javascript:x 1x'>",
            '<img src="/a.png" alt="" loading="lazy" decoding="async">',
        ),
        ('<span class="k evil">a</span>', "<p><span>a</span></p>"),
        ('<span class="k">b</span>', '<p><span class="k">b</span></p>'),
        ('<div role="alert" tabindex="5">a</div>', "<div>a</div>"),
        ('<input name="q" value="1">', '<input type="checkbox" disabled="">'),
        (
            "<video controls src='/a.mp4' onplay=x></video>",
            '<p><video controls="" src="/a.mp4"></video></p>',
        ),
    ],
)
def test_raw_html(source, html):
    assert render(source).html.strip() == html


def test_details_hold_markdown():
    assert render("<details><summary>More</summary>\n\n**b**\n\n</details>").html == (
        "<details><summary>More</summary>\n<p><strong>b</strong></p>\n</details>"
    )
