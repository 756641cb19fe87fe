"""With the keyboard alone: signing in, writing, saving, reading."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.e2e.account import EMAIL, PASSWORD
from tests.e2e.visiting import Visitor
from tests.e2e.writing import sentence

pytestmark = pytest.mark.browser

# What has the focus: its name, and whether an outline around it or the box it is in shows it.
FOCUS = """() => {
  const element = document.activeElement;
  const outlined = (node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return outlineStyle !== "none" && outlineWidth !== "0px";
  };
  const boxes = [element, element.parentElement, element.closest(".editor-code")];
  const name = element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || "";
  return [name.trim().split("\\n")[0], boxes.filter(Boolean).some(outlined)];
}"""


def go_to(page: Page, name: str, *, key: str = "Tab", limit: int = 60) -> list[str]:
    """Press Tab until something of this name has the focus; return all that was passed."""
    passed: list[str] = []
    while not passed or passed[-1] != name:
        assert len(passed) < limit, f"{name} is not reached: {passed}"
        page.keyboard.press(key)
        reached, seen = page.evaluate(FOCUS)
        assert seen, f"the focus cannot be seen on {reached}"
        passed.append(reached)
    return passed


def test_a_post_is_written_saved_and_published(
    owner: StorageState, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    page, keys = visitor.page, visitor.page.keyboard
    visitor.open("/admin/login/?next=/admin/page/new/")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    keys.type(EMAIL)
    keys.press("Tab")
    keys.insert_text(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/admin/page/new/")
    expect(page.locator(".cm-content")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    keys.type("By hand")
    assert go_to(page, "Text")[-2:] == ["Undo", "Text"]
    keys.type("Typed with ")
    keys.press("Control+b")
    keys.type("keys")
    go_to(page, "Tags")
    keys.type("Keyboards")
    keys.press("Enter")
    keys.press("Control+s")
    expect(sentence(page)).to_have_text("Saved.")
    expect(page.locator(".cm-content")).to_have_text("Typed with **keys**")
    expect(page.get_by_role("button", name="Remove Keyboards")).to_be_visible()
    go_to(page, "Publish…", key="Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="What will change for visitors")).to_be_visible()
    go_to(page, "Publish now")
    keys.press("Enter")
    expect(sentence(page)).to_have_text("Published.")
    visitor.open("/page/by-hand/")
    expect(page.locator(".prose strong")).to_have_text("keys")


def test_the_preview_opens_and_closes_by_keys(ann: Visitor) -> None:
    ann.open("/admin/page/new/")
    expect(ann.page.locator(".cm-content")).to_be_visible()
    preview = ann.page.get_by_role("region", name="Preview")
    ann.page.locator(".cm-content").focus()
    ann.page.keyboard.type("Seen *twice*")
    ann.page.keyboard.press("Control+Enter")
    expect(preview.locator("em")).to_have_text("twice")
    expect(ann.page.locator(".cm-content")).to_have_text("Seen *twice*")
    ann.page.keyboard.press("Control+Enter")
    expect(preview).to_be_hidden()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(ann: Visitor) -> None:
    for path, content in (("/", "main"), ("/admin/", "content")):
        ann.open(path)
        ann.page.keyboard.press("Tab")
        skip = ann.page.locator(".skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        ann.page.keyboard.press("Enter")
        expect(ann.page.locator(f"#{content}")).to_be_focused()


def test_every_link_of_the_site_can_be_reached(ann: Visitor) -> None:
    ann.open("/page/welcome/")
    ann.page.keyboard.press("Tab")
    reachable = ann.page.locator("a[href]:visible, button:visible, summary:visible").count()
    passed = [ann.page.evaluate(FOCUS)]
    for _ in range(reachable):
        ann.page.keyboard.press("Tab")
        passed.append(ann.page.evaluate(FOCUS))
    names = [name for name, _ in passed]
    assert {"Skip to content", "Search", "Archive"} <= {*names}, names
    assert [name for name, seen in passed if not seen and name] == []
