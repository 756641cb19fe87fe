"""The owner's first post, shortened: fences, nested lists, table, [TOC], pictures on a disk."""

import re
from pathlib import Path

import pytest

from shared.content.frontmatter import parse
from shared.content.markdown import render

FILE = Path(__file__).parents[2] / "data/markdown/2019-01-08-flask学习.md"


@pytest.fixture(scope="module")
def post():
    return render(parse(FILE.read_text("utf-8"))[1], heading_offset=1)


def test_front_matter_is_read():
    assert parse(FILE.read_text("utf-8"))[0] == {
        "layout": "post",
        "title": "flask学习",
        "tag": "实习",
    }


def test_contents_list_every_heading_but_the_empty_one(post):
    links = re.findall(r'<li><a href="#(.*?)">', post.html[: post.html.index("</nav>")])
    assert links == [heading.anchor for heading in post.toc]
    assert links == re.findall(r'<h[2-6] id="(.*?)">', post.html)
    assert links[:4] == ["基本概念", "安装", "激活", "hello-world-flask应用"]
    assert len(links) == 15


def test_pictures_on_the_disk_are_shown_as_missing(post):
    assert re.findall(r'class="missing-image" role="img" aria-label="(.*?)"', post.html) == [
        "微信截图_20190108090746.png",
        "微信截图_20190108162248.png",
        "微信截图_20190108162331.png",
        "微信截图_20190116135235.png",
    ]
    assert "<img" not in post.html
    assert "yaolinxia" not in post.html


def test_code_is_kept_and_coloured(post):
    assert "<code>venv\\Scripts\\activate\n</code>" in post.html
    assert '<span class="k">def</span> <span class="nf">show_post</span>' in post.html
    assert post.html.count("<pre ") == 11
    assert "~~~" not in post.html


def test_error_codes_are_one_block(post):
    block = post.html[post.html.index("<code>&gt; 0 ") :].partition("</code>")[0]
    assert [line.split()[1] for line in block.splitlines()] == [
        "0", "999", "1000", "1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008",
    ]  # fmt: skip


def test_lists_nest(post):
    assert (
        "<p>有两种途径启用调试模式</p>\n<ol>\n<li>直接在应用对象上设置</li>\n</ol>\n"
        '<pre tabindex="0"><code>app.debug = True\napp.run()\n</code></pre>\n'
        '<ol start="2">\n<li>作为run方法的一个参数传入</li>\n</ol>'
    ) in post.html
    assert "引出3个概念</p>\n<ul>\n<li>uri，url，urm</li>" in post.html


def test_table_is_a_table(post):
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", post.html) == [
        "int", "接受整数", "float", "同 int ，但是接受浮点数", "path", "和默认的相似，但也接受斜线",
    ]  # fmt: skip


def test_emphasis_and_address_stop_at_chinese_punctuation(post):
    assert "<strong>3个操作</strong> 识别" in post.html
    assert (
        '<a href="http://127.0.0.1:5000" rel="noopener">http://127.0.0.1:5000</a>，此时'
        in post.html
    )
