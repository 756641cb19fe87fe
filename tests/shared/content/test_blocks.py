import pytest

from shared.content.markdown import render


@pytest.mark.parametrize("fence", ["~~~python", "~~~ python", "```python", "``` python title=x"])
def test_fence_is_highlighted_by_class(fence):
    assert render(f'{fence}\ndef f(): return "<"\n{fence[:3]}').html == (
        '<pre tabindex="0"><code class="language-python"><span class="k">def</span> '
        '<span class="nf">f</span><span class="p">():</span> <span class="k">return</span> '
        '<span class="s2">"&lt;"</span>\n</code></pre>\n'
    )


def test_fence_of_unknown_language_keeps_its_class():
    assert render("~~~ Nonsense\na<b\n~~~").html == (
        '<pre tabindex="0"><code class="language-nonsense">a&lt;b\n</code></pre>\n'
    )


def test_fence_without_language_is_plain():
    assert render("~~~\n**a**\n~~~").html == '<pre tabindex="0"><code>**a**\n</code></pre>\n'


def test_code_beyond_the_budget_of_a_document_is_plain():
    block = "~~~python\n" + "x = 1\n" * 9000 + "~~~\n"
    parts = render(block * 5).html.split("<pre ")[1:]
    assert ["<span" in part for part in parts] == [True, True, True, False, False]


def test_table_aligns_by_class():
    html = render("| a | b | c | d |\n|---|:-:|--:|:--|\n| 1 | 2 | 3 | ~~4~~ |").html
    assert html.startswith(
        '<div class="table-scroll" role="group" tabindex="0" aria-label="Table">\n<table>',
    )
    assert '<th>a</th>\n<th class="align-center">b</th>\n<th class="align-right">c</th>' in html
    assert '<td class="align-left"><s>4</s></td>' in html
    assert "style" not in html


def test_tasks_are_boxes_that_cannot_be_clicked():
    assert render("- [ ] open *a*\n- [x] closed\n- [] none\n- [y] none").html == (
        '<ul class="contains-task-list">\n'
        '<li class="task"><input type="checkbox" disabled="" aria-label="To do"> '
        "open <em>a</em></li>\n"
        '<li class="task"><input type="checkbox" disabled="" checked="" aria-label="Done"> '
        "closed</li>\n"
        "<li>[] none</li>\n<li>[y] none</li>\n</ul>\n"
    )


def test_task_needs_a_list():
    assert render("[ ] a").html == "<p>[ ] a</p>\n"


def test_link_after_brackets_is_no_task():
    assert "<input" not in render("- [x] (/a)[x](/b)\n- [x](/c) d").html.partition("</li>")[2]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("~~a~~", "<s>a</s>"),
        ("~~「删」~~了", "<s>「删」</s>了"),
        ("~a~", "~a~"),
        ("~~~a~~~ b", "~~~a~~~ b"),
    ],
)
def test_strikethrough(source, html):
    assert render(f"x {source}").html == f"<p>x {html}</p>\n"
