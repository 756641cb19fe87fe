import pytest

from shared.content.markdown import render
from shared.content.pictures import is_missing


def missing(label):
    return f'<span class="missing-image" role="img" aria-label="{label}">{label}</span>'


@pytest.mark.parametrize(
    ("source", "label"),
    [
        (r"![](E:\yaolinxia\images\微信截图_1.png)", "微信截图_1.png"),
        (r"![](E:\a\_b\_c.png)", "_c.png"),
        (r"![](E:\my pictures\x (1).png)", "x (1).png"),
        (r'![](E:\a\b.png "Title")', "b.png"),
        (r"![the alt](E:\a\b.png)", "the alt"),
        (r"![](<C:\a b\c.png>)", "c.png"),
        ("![](C:/a/b.png)", "b.png"),
        (r"![](\\server\share\b.png)", "b.png"),
        ("![](file:///home/me/b%20c.png)", "b c.png"),
        (r"![](images\x.png)", "x.png"),
        ("![]()", "image"),
        ("![](javascript:alert(1))", "image"),
        ("![](data:image/png;base64,AAAA)", "image"),
        ("![a][x]\n\n[x]: E:\\b\\c.png", "a"),
        (r"![<b>](E:\a.png)", "&lt;b&gt;"),
    ],
)
def test_missing_image_shows_name(source, label):
    assert render(source).html == f"<p>{missing(label)}</p>\n"


def test_missing_image_in_chinese_text_has_chinese_label():
    assert missing("图片") in render("这里有一张图：![]()").html


def test_raw_image_on_a_disk_shows_its_file_name():
    html = render(r'<img src="C:\Users\x\图 1.png" style="zoom:50%;">').html
    assert html == missing("图 1.png")


def test_image_loads_late():
    assert render("a ![alt](/media/a.png) b").html == (
        '<p>a <img src="/media/a.png" alt="alt" loading="lazy" decoding="async"> b</p>\n'
    )


def test_titled_image_alone_becomes_figure():
    assert render('![alt](/a.png "A <caption>")').html == (
        '<figure><img src="/a.png" alt="alt" loading="lazy" decoding="async">'
        "<figcaption>A &lt;caption&gt;</figcaption></figure>\n"
    )


def test_titled_image_among_words_stays_inline():
    assert "<figure>" not in render('See ![alt](/a.png "T") here').html


def test_titled_image_in_tight_list_becomes_figure():
    assert render('- ![alt](/a.png "T")').html.count("<figure>") == 1


@pytest.mark.parametrize("url", ["https://x.org/a%5Cb.png", "/media/a.png", "a.png", "//x.org/a"])
def test_is_missing_accepts_web_addresses(url):
    assert not is_missing(url)
