import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.content.snippets import snippet


@pytest.mark.parametrize(
    ("text", "query", "html"),
    [
        ("Learn Flask now", "flask", "Learn <mark>Flask</mark> now"),
        ("学习流程图的画法", "流程图", "学习<mark>流程图</mark>的画法"),
        ("He runs and is running", "run", "He <mark>runs</mark> and is <mark>running</mark>"),
        ("many posts", "posting", "many <mark>posts</mark>"),
        ("<b>bold</b> & co", "bold", "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; co"),
        ("nothing here", "zzz", "nothing here"),
        ("nothing here", "", "nothing here"),
        ("unflask flask", "flask", "unflask <mark>flask</mark>"),
        ("先 rest 后 service", '"rest service"', "先 <mark>rest</mark> 后 <mark>service</mark>"),
    ],
)
def test_snippet(text, query, html):
    assert snippet(text, query) == html


def test_snippet_shows_the_passage_with_most_words():
    text = "flask " + "x " * 300 + "flask meets blueprint here " + "y " * 300
    html = snippet(text, "flask blueprint", width=40)
    assert "<mark>flask</mark> meets <mark>blueprint</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")


def test_snippet_without_match_is_the_beginning():
    assert snippet("One sentence here. " * 20, "zzz", width=30) == "One sentence here. …"


@given(st.text(st.sampled_from("ab <&学习，x\n")), st.text(st.sampled_from('ab学习 "')))
def test_snippet_is_escaped_and_no_wider_than_asked(text, query):
    html = snippet(text, query, width=20)
    plain = re.sub("</?mark>", "", html)
    assert "<" not in plain
    assert len(plain.replace("&lt;", "<").replace("&amp;", "&").strip("… ")) <= 20
