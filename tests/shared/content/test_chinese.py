import pytest

from shared.content.parser import make_core

CORE = make_core()


def render(source):
    html = CORE.render(source).replace("&quot;", '"')
    return html.strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**重点：**请注意", "<strong>重点：</strong>请注意"),
        ("请看**「重点」**这里", "请看<strong>「重点」</strong>这里"),
        ("他说**“好”**吗", "他说<strong>“好”</strong>吗"),
        ("中文*（注）*文", "中文<em>（注）</em>文"),
        ('是**"x"**的', '是<strong>"x"</strong>的'),
        ("**かな。**です", "<strong>かな。</strong>です"),
        ("**a:**b", "**a:**b"),
        ("词_中_文", "词_中_文"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_emphasis_beside_chinese_punctuation(source, html):
    assert render(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("第一行\n第二行", "第一行第二行"),
        ("第一行，\n第二行", "第一行，第二行"),
        ("**第一行**\n第二行", "<strong>第一行</strong>第二行"),
        ("第一行\n[第二行](/a)", '第一行<a href="/a">第二行</a>'),
        ("中文\nEnglish", "中文\nEnglish"),
        ("English\n中文", "English\n中文"),
        ("한국어\n문장", "한국어\n문장"),
        ("第一行  \n第二行", "第一行<br />\n第二行"),
        ("中文\n![图](/a.png)", '中文\n<img src="/a.png" alt="图" />'),
    ],
)
def test_soft_break_between_characters(source, html):
    assert render(source) == html
