import pytest
from markupsafe import Markup

from frontend.outline import Entry, demote, first_image, outline

THREE = '<h2 id="a">A <code>b</code> &amp; c</h2><h4 id="d">D</h4><p>x</p><h2 id="e">E</h2>'


def test_outline_counts_depth_whatever_the_levels():
    assert outline(THREE) == (
        Entry(1, "A b & c", "a"),
        Entry(2, "D", "d"),
        Entry(1, "E", "e"),
    )


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<h2 id="a">A</h2><h2 id="b">B</h2>',
        '<nav class="toc"></nav>' + THREE,
        "<h2>no id</h2><h2>no id</h2><h2>no id</h2>",
        "<hr><hr><hr><hr>",
    ],
)
def test_outline_of_too_little_is_none(html):
    assert outline(html) == ()


def test_demote_moves_all_levels_when_there_is_an_h1():
    html = Markup('<h1 id="a">A</h1><h5 id="b">B</h5><h6>C</h6><hr><p>&lt;h1&gt;</p>')
    assert demote(html) == '<h2 id="a">A</h2><h6 id="b">B</h6><h6>C</h6><hr><p>&lt;h1&gt;</p>'


def test_demote_leaves_other_texts_alone():
    html = Markup('<h2 id="a">A</h2>')
    assert demote(html) is html


def test_first_image_is_the_first_that_has_a_whole_address():
    html = '<img alt="" src="/a.png"><img src="https://x.org/b.png?a=1&amp;b=2" alt="">'
    assert (first_image(html), first_image("<p>")) == ("https://x.org/b.png?a=1&b=2", "")
