from shared.content.headings import PAGE_IDS
from shared.content.markdown import Heading, render


def test_headings_get_anchors_that_keep_chinese():
    result = render("# 基本概念\n\n## URL *重定向*")
    assert (
        result.html
        == '<h1 id="基本概念">基本概念</h1>\n<h2 id="url-重定向">URL <em>重定向</em></h2>\n'
    )
    assert result.toc == (
        Heading(1, "基本概念", "基本概念"),
        Heading(2, "URL 重定向", "url-重定向"),
    )


def test_equal_headings_get_numbers():
    toc = render("# a\n# a 2\n# a\n# a\n# ???").toc
    assert [heading.anchor for heading in toc] == ["a", "a-2", "a-3", "a-4", "section"]


def test_offset_shifts_levels_down_to_six():
    result = render("# a\n\n##### b\n\n###### c", heading_offset=1)
    assert [heading.level for heading in result.toc] == [2, 6, 6]
    assert result.html.startswith('<h2 id="a">a</h2>')


def test_heading_without_text_is_dropped():
    assert render("# \n\ntext").html == "<p>text</p>\n"


def test_heading_named_like_a_part_of_the_page_gets_a_prefix():
    toc = render("\n".join(f"# {name}" for name in sorted(PAGE_IDS))).toc
    assert {heading.anchor for heading in toc} == {f"section-{name}" for name in PAGE_IDS}


def test_contents_nest_and_escape():
    html = render("[TOC]\n\n# A & B\n### C\n## D\n# E").html
    nav = html[: html.index("</nav>")]
    assert nav == (
        '<nav class="toc" aria-label="Contents">\n'
        '<ol><li><a href="#a-b">A &amp; B</a>'
        '<ol><li><a href="#c">C</a></li><li><a href="#d">D</a></li></ol></li>'
        '<li><a href="#e">E</a></li></ol>\n'
    )


def test_contents_are_placed_once_and_only_alone_on_a_line():
    html = render("[TOC]\n\nSee [TOC]\n\n[TOC]\n\n- [TOC]\n\n# A").html
    assert html.count("<nav") == 1
    assert html.count("[TOC]") == 3


def test_contents_of_nothing_show_nothing():
    assert render("[TOC]").html == ""
