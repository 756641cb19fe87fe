import pytest

from shared.content.links import Reference, absolutise, extract, rebase
from shared.content.markdown import render

BASE, PAGE = "https://example.org/x/y", "/page/a/"


@pytest.mark.parametrize(
    ("url", "absolute"),
    [
        ("/page/b/", "https://example.org/x/y/page/b/"),
        ("#anchor", "https://example.org/x/y/page/a/#anchor"),
        ("b.png", "https://example.org/x/y/page/a/b.png"),
        ("../b/?c=1&amp;d=2", "https://example.org/x/y/page/b/?c=1&amp;d=2"),
        ("//cdn.org/a", "https://cdn.org/a"),
        ("http://other.org/", "http://other.org/"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_absolutise_link(url, absolute):
    html = absolutise(f'<a href="{url}">x</a>', base=BASE, page=PAGE)
    assert html == f'<a href="{absolute}">x</a>'


def test_absolutise_accepts_an_absolute_page():
    html = absolutise('<a href="#x">', base=BASE, page="https://example.org/x/y/about/#top")
    assert html == '<a href="https://example.org/x/y/about/#x">'


def test_absolutise_reaches_every_attribute():
    html = absolutise(
        '<video src="/a.mp4" poster="/a.png"></video>'
        '<img src="/b.png" srcset="/b.png 1x, c.png 2x">',
        base="https://e.org/",
        page="/p/",
    )
    assert html == (
        '<video src="https://e.org/a.mp4" poster="https://e.org/a.png"></video>'
        '<img src="https://e.org/b.png" srcset="https://e.org/b.png 1x, https://e.org/p/c.png 2x">'
    )


def test_absolutise_leaves_text_and_code_alone():
    html = render('`<a href="/x">` "/y" src="/z"').html
    assert absolutise(html, base=BASE, page=PAGE) == html


def test_rebase_moves_root_relative_addresses_only():
    html = (
        '<p>href="/x" <a href="/page/a/" title=\'href="/b"\'>x</a>'
        '<a href="//h/">y</a><a href="#c">z</a>'
        '<img src="/m/a.png" srcset="/m/a.png 1x, /m/b.png 2x"></p>'
    )
    assert rebase(html, "/x/y") == (
        '<p>href="/x" <a href="/x/y/page/a/" title=\'href="/b"\'>x</a>'
        '<a href="//h/">y</a><a href="#c">z</a>'
        '<img src="/x/y/m/a.png" srcset="/x/y/m/a.png 1x, /x/y/m/b.png 2x"></p>'
    )


def test_rebase_without_prefix_returns_the_same_object():
    html = '<a href="/a">'
    assert rebase(html, "") is html
    assert rebase(html, "/") is html


def test_extract_lists_in_order():
    html = '<a href="/a?b=1&amp;c=2">x</a><img src="d.png" srcset="d.png 1x, e.png 2x"><a>none</a>'
    assert extract(html) == [
        Reference("a", "href", "/a?b=1&c=2"),
        Reference("img", "src", "d.png"),
        Reference("img", "srcset", "d.png"),
        Reference("img", "srcset", "e.png"),
    ]
