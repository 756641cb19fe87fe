import pytest

from shared.content.markdown import MAX_BYTES, RENDERER_VERSION, ContentTooLarge, render


def test_empty_source_renders_empty():
    result = render("")
    assert (result.html, result.toc, result.text, result.words) == ("", (), "", 0)


def test_text_holds_what_a_reader_reads():
    source = (
        "# Title\n\nA *b* `c` [d](/e)\nf ![g](/h.png) <b>i</b>[^1]\n\n"
        "| j | k |\n|-|-|\n| l | m |\n\n"
        "~~~\nn\n~~~\n\n<div>o <script>p</script></div>\n\n[TOC]\n\n[^1]: q"
    )
    assert render(source).text == "Title\nA b c d f g i\nj\nk\nl\nm\nn\no\nq"


def test_words_count_chinese_by_characters():
    assert render("Flask 学习笔记：don't **panic**，42 次").words == 9


def test_version_is_a_number():
    assert isinstance(RENDERER_VERSION, int)


def test_too_large_source_is_refused_with_the_limit():
    with pytest.raises(ContentTooLarge, match="2,000,000"):
        render("中" * (MAX_BYTES // 3 + 1))


def test_rendering_twice_gives_the_same():
    source = "# a\n\nb[^1]\n\n[^1]: c\n\n~~~python\nd\n~~~"
    assert render(source) == render(source)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](https://x.org)", '<a href="https://x.org" rel="noopener">a</a>'),
        ("[a](//x.org)", '<a href="//x.org" rel="noopener">a</a>'),
        ("[a](/page/b/)", '<a href="/page/b/">a</a>'),
        ("[a](mailto:b@c.d)", '<a href="mailto:b@c.d">a</a>'),
        ("[a](javascript:alert)", "<a>a</a>"),
        ("[a](data:text/html,x)", "<a>a</a>"),
        (
            '<a href="https://x.org" target="_blank">a</a>',
            '<a href="https://x.org" rel="noopener">a</a>',
        ),
    ],
)
def test_link(source, html):
    assert render(source).html == f"<p>{html}</p>\n"


def test_lone_surrogate_does_not_stop_rendering():
    assert render("a\ud800b").text == "a?b"


def test_prose_leaves_out_what_is_no_sentence():
    source = (
        "# A title\n\nFirst *words*[^1] ![a gate](/gate.png)here.\n\n- an item\n\n> said\n\n"
        "| a | b |\n| - | - |\n| 1 | 2 |\n\n```\ncode\n```\n\n<p>raw</p>\n\n[^1]: A note.\n"
    )
    assert render(source).prose == "First words here.\nan item\nsaid"
    assert render("# Only\n\n```\ncode\n```\n").prose == "Only\ncode"
