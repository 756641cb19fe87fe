"""Links to one's own posts by number: kept when stored, filled in when shown, safe everywhere."""

import pytest

from shared.content.markdown import render
from shared.content.own_links import Place, fill_in, find_targets

PLACES = {12: Place("/page/a&b/", "A <title>")}


def shown(source: str) -> str:
    return fill_in(render(source).html, PLACES).strip()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[文字](post:12)", '<p><a href="/page/a&amp;b/">文字</a></p>'),
        ("[x](post:12#节)", '<p><a href="/page/a&amp;b/#%E8%8A%82">x</a></p>'),
        ('[x](post:12 "a > b")', '<p><a href="/page/a&amp;b/" title="a &gt; b">x</a></p>'),
        ("[](post:12)", '<p><a href="/page/a&amp;b/">A &lt;title&gt;</a></p>'),
        ("[*x* `y`](post:12)", '<p><a href="/page/a&amp;b/"><em>x</em> <code>y</code></a></p>'),
        ('<a title="t" href="post:12">x</a>', '<p><a href="/page/a&amp;b/" title="t">x</a></p>'),
        ("[x](post:99) and", "<p>x and</p>"),
        ("[x](post:99) [y](post:12)", '<p>x <a href="/page/a&amp;b/">y</a></p>'),
        ("[x][1]\n\n[1]: post:12", '<p><a href="/page/a&amp;b/">x</a></p>'),
        ("`[x](post:12)`", "<p><code>[x](post:12)</code></p>"),
    ],
)
def test_link_is_filled_in_or_becomes_its_text(source: str, html: str) -> None:
    assert shown(source) == html


@pytest.mark.parametrize(
    "address", ["post:x", "post:", "post:12/../x", "POST:12", "post:1234567890", "post://evil"]
)
def test_other_addresses_of_the_scheme_are_no_links(address: str) -> None:
    assert shown(f"[x]({address})") == "<p><a>x</a></p>"


@pytest.mark.parametrize(
    "source", ["![x](post:12)", '<img src="post:12">', '<q cite=" Post:12">x</q>']
)
def test_nothing_is_loaded_from_a_post(source: str) -> None:
    assert "post:12" not in render(source).html.lower().replace('title="post:12"', "").replace(
        'data-src="post:12"', ""
    )


def test_targets_are_those_of_links_alone() -> None:
    texts = [render(text).html for text in ("[a](post:3) [b](post:4#x)", "`post:5` post:6", "")]
    assert find_targets(texts) == {3, 4}


def test_many_unclosed_links_cost_little() -> None:
    source = '<a href="post:1">' * 5_000
    assert len(shown(source)) < 1_000_000
