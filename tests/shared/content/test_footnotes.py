import re

from shared.content.markdown import render

SOURCE = "One[^a] two[^b] again[^a].\n\n[^a]: First.\n[^b]: Second.\n"


def test_footnotes_point_there_and_back():
    html = render(SOURCE).html
    assert re.findall(r'id="(.*?)"', html) == ["fnref_1", "fnref_2", "fnref_1-2", "fn_1", "fn_2"]
    assert re.findall(r'href="#(.*?)"', html) == [
        "fn_1", "fn_2", "fn_1", "fnref_1", "fnref_1-2", "fnref_2",
    ]  # fmt: skip


def test_footnotes_are_labelled():
    html = render(SOURCE).html
    assert '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">' in html
    assert re.findall(r'class="footnote-back".*?aria-label="(.*?)"', html) == [
        "Back to reference 1", "Back to reference 1-2", "Back to reference 2",
    ]  # fmt: skip


def test_footnotes_in_chinese_are_labelled_in_chinese():
    html = render("中文内容[^1]。\n\n[^1]: 脚注内容。").html
    assert re.findall('aria-label="(.*?)"', html) == ["脚注 1", "脚注", "回到引用处 1"]


def test_footnote_without_reference_is_not_shown():
    assert render("Text.\n\n[^a]: Unused.").html == "<p>Text.</p>\n"


def test_reference_without_footnote_stays_as_typed():
    assert render("Text[^x].").html == "<p>Text[^x].</p>\n"
