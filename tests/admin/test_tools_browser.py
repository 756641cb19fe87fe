"""The editor's tools in a real browser: tables, footnotes, outline, counts, full screen, keys."""

import pytest
from playwright.sync_api import Page, expect

from shared.runtime import Runtime
from tests.admin.test_editor_browser import (  # noqa: F401 - fixtures
    address,
    body,
    chromium,
    context,
    edit,
    page,
    said,
    set_text,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(runtime: Runtime, page: Page, address: str) -> Page:  # noqa: F811 - the fixture above
    """The editor of a new post."""
    edit(page, f"{address}/page/new/")
    return page


def test_table_is_walked_by_tab_and_set_straight(editor: Page) -> None:
    set_text(editor, "| 名 | b |\n|--|--:|\n| x | 1 |")
    editor.keyboard.press("Shift+Tab")
    editor.keyboard.type("长长 y")
    editor.keyboard.press("Tab")
    editor.keyboard.type("22")
    editor.keyboard.press("Tab")
    editor.keyboard.type("new")
    assert body(editor).split("\n") == [
        "| 名     |   b |",
        "| ------ | --: |",
        "| 长长 y |  22 |",
        "| new       |     |",
    ]


def test_rows_columns_and_alignment_change_by_buttons(editor: Page) -> None:
    tools = editor.get_by_role("group", name="Table")
    set_text(editor, "| a | b |\n| - | - |\n| 1 | 2 |")
    for name in ("Add column", "Alignment", "Alignment", "Add row", "Remove row"):
        tools.get_by_role("button", name=name).click()
    assert body(editor) == ("| a   | b   |     |\n| --- | --- | :-: |\n| 1   | 2   |     |")
    tools.get_by_role("button", name="Remove column").click()
    assert body(editor) == "| a   | b   |\n| --- | --- |\n| 1   | 2   |"
    editor.keyboard.press("Control+End")
    editor.keyboard.insert_text("\n\nafter")
    expect(tools).to_be_hidden()


def test_tab_outside_of_a_table_leaves_the_text(editor: Page) -> None:
    set_text(editor, "words")
    editor.keyboard.press("Tab")
    assert body(editor) == "words"
    assert not editor.evaluate("document.activeElement.className").startswith("cm-content")


def test_footnotes_number_themselves_and_are_jumped_between(editor: Page) -> None:
    set_text(editor, "One[^1] two\n\n[^1]: first\n")
    editor.keyboard.press("Control+Home")
    editor.keyboard.press("End")
    editor.keyboard.press("Control+Alt+f")
    editor.keyboard.type("second")
    assert body(editor) == "One[^1] two[^2]\n\n[^1]: first\n[^2]: second"
    editor.keyboard.press("Control+Alt+f")
    editor.keyboard.press("Control+Alt+f")
    editor.keyboard.type("!")
    assert body(editor).endswith("[^2]: !second")


def test_lists_go_on_and_end(editor: Page) -> None:
    set_text(editor, "- [x] one")
    for key in ("Enter", "t", "w", "o", "Enter", "Enter"):
        editor.keyboard.press(key)
    assert body(editor).rstrip() == "- [x] one\n- [ ] two"


def test_outline_jumps_and_marks_skipped_levels(editor: Page) -> None:
    set_text(editor, "# A\n\n```\n# no\n```\n\n### *B* [x](y)\n\n二\n==\n\n- item\n---\n")
    editor.get_by_role("button", name="Outline").click()
    outline = editor.get_by_role("navigation", name="Outline")
    expect(outline.get_by_role("listitem")).to_have_text(["A", "B xa level is skipped", "二"])
    outline.get_by_role("button", name="二").click()
    editor.keyboard.type("!")
    assert "\n!二\n==" in body(editor)


def test_counts_of_the_text_and_of_the_selection(editor: Page) -> None:
    output = editor.locator("output[data-words]")
    set_text(editor, "学习 Flask [now](https://x.org) " + "字" * 600)
    expect(output).to_have_text("604 words · 2 min to read")
    editor.keyboard.press("Control+Home")
    editor.keyboard.press("Shift+ArrowRight")
    editor.keyboard.press("Shift+ArrowRight")
    expect(output).to_have_text("604 words · 2 min to read · 2 words selected")


def test_full_screen_ends_with_escape_and_keys_are_shown(editor: Page) -> None:
    editor.get_by_role("button", name="Full screen").click()
    expect(editor.get_by_label("Title", exact=True)).to_be_hidden()
    editor.keyboard.type("words")
    editor.keyboard.press("Control+/")
    keys = editor.get_by_role("dialog", name="Keys")
    expect(keys.get_by_text("Ctrl+Shift+V")).to_be_visible()
    editor.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(editor.get_by_label("Title", exact=True)).to_be_hidden()
    editor.locator(".cm-content").press("Escape")
    expect(editor.get_by_label("Title", exact=True)).to_be_visible()
    assert body(editor) == "words"


def test_toolbar_is_one_stop_and_skips_what_is_hidden(editor: Page) -> None:
    editor.get_by_role("button", name="Undo").focus()
    editor.keyboard.press("End")
    assert editor.evaluate("document.activeElement.ariaLabel") == "Keys"
    editor.keyboard.press("ArrowRight")
    assert editor.evaluate("document.activeElement.ariaLabel") == "Undo"
    stops = "[...document.querySelectorAll('.editor-tools button')].filter(b => b.tabIndex === 0)"
    assert editor.evaluate(f"{stops}.length") == 1


def test_language_of_fenced_code_completes(editor: Page) -> None:
    set_text(editor, "")
    editor.keyboard.type("```py")
    editor.get_by_role("option", name="python").wait_for()
    editor.keyboard.press("Enter")
    assert body(editor) == "```python"


def test_preview_scrolls_along_by_source_lines(editor: Page) -> None:
    editor.set_viewport_size({"width": 1400, "height": 700})
    long = "\n\n".join(f"{number} " + "words " * (number % 7) * 20 for number in range(60))
    code = "```\n" + "line\n" * 200 + "```\n\n## Here\n\n" + "after\n\n" * 80
    set_text(editor, f"{long}\n\n{code}")
    editor.get_by_role("button", name="Preview").click()
    editor.locator("[data-preview] h2").wait_for()
    editor.evaluate("""() => {
      const scroller = document.querySelector(".cm-scroller");
      scroller.scrollTop = scroller.scrollHeight;
    }""")
    editor.get_by_role("button", name="Outline").click()
    editor.get_by_role("navigation", name="Outline").get_by_role("button", name="Here").click()
    editor.wait_for_timeout(500)
    distance = editor.evaluate("""() => {
      const pane = document.querySelector("[data-preview]");
      const heading = pane.shadowRoot.querySelector("h2");
      return heading.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    }""")
    assert -40 < distance < 80
