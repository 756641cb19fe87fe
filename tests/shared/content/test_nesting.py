import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.nesting import DEEPEST, balance
from tests.shared.content.page import Page

TAGS = (
    "a",
    "b",
    "p",
    "div",
    "li",
    "ul",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "details",
    "br",
    "img",
)
ENDS = ("x", "<", "<!--", "-->", "<script>", "</script>", "<nonsense>", "</nonsense>")
PIECES = [form.format(tag) for tag in TAGS for form in ("<{}>", "</{}>")] + list(ENDS)
SOUP = st.lists(st.sampled_from(PIECES), max_size=200).map("".join)


@pytest.mark.parametrize(
    ("html", "balanced"),
    [
        ("<p>a<b>b</p>c", "<p>a<b>b</b></p>c"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p>a<div>b</div></p>", "<p>a</p><div>b</div>"),
        ("<b>a</i></b>", "<b>a</b>"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><b><tr><td>a<td>b", "<table><b></b><tr><td>a</td><td>b</td></tr></table>"),
        ("<td>a</td>", "a"),
        ("<a href=/a>x<a href=/b>y", "<a href=/a>x</a><a href=/b>y</a>"),
        ("<h1>a<h2>b", "<h1>a</h1><h2>b</h2>"),
        ("a<br>b<img src=x>", "a<br>b<img src=x>"),
        ("a<!-- b --><script>c</script ><?d?><!E>f", "af"),
        ("a < b <3 <c d='", "a &lt; b &lt;3 &lt;c d='"),
        ("<table><tr><td></div>a</td></tr></table>", "<table><tr><td>a</td></tr></table>"),
        ("<unknown>a</unknown>", "a"),
        ("<!-- never closed", ""),
    ],
)
def test_balance(html, balanced):
    assert balance(html) == balanced


@given(SOUP)
def test_balanced_html_is_well_formed_and_shallow(html):
    page = Page(balance(html))
    assert page.errors == []
    assert page.open == []
    assert page.depth <= DEEPEST


@given(SOUP)
def test_balancing_twice_changes_nothing(html):
    assert balance(balance(html)) == balance(html)


def test_deep_nesting_is_cut_and_text_kept():
    html = balance("<div>" * 5000 + "x")
    assert html == "<div>" * DEEPEST + "x" + "</div>" * DEEPEST


def test_unclosed_formatting_is_not_repeated_in_later_paragraphs():
    html = balance("<p>" + "".join(f"<b title={i}>" for i in range(90)) + "<p>x" * 1000)
    assert html.count("<b ") == 90
