"""The preview as the site in the editor, and preview links for who has no account."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor
from tests.e2e.writing import Editor, sentence

pytestmark = pytest.mark.browser


def test_page_is_seen_on_phone_and_desktop_while_one_writes(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/page/new/")
    editor = Editor(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_role("button", name="Phone").click()
    expect(page.locator("[data-site-note]")).to_contain_text("as soon as something is written")
    editor.type_title("Seen before")
    editor.type_text("First words\n\n" + "## More\n\nmore\n\n" * 30)
    frame = page.frame_locator("[data-site] iframe")
    expect(frame.locator(".prose")).to_contain_text("First words")
    expect(frame.locator("h1")).to_have_text("Seen before")
    inside = page.frames[1]
    assert inside.evaluate("innerWidth") == 390
    inside.evaluate("document.scrollingElement.scrollTop = 400")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Newer. ")
    expect(frame.locator(".prose")).to_contain_text("Newer. First words")
    assert inside.evaluate("document.scrollingElement.scrollTop") == 400
    page.get_by_role("button", name="Desktop").click()
    page.wait_for_function("document.querySelector('[data-site] iframe').clientWidth === 1280")
    box, place = (page.locator(where).bounding_box() for where in ("iframe", "[data-site]"))
    assert box["width"] <= place["width"]
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Archive").first.click()
    expect(opened.value).to_have_url(f"{ann.site.address}/archive/")
    opened.value.close()
    assert "/preview/" in inside.url
    ann.look("editor-as-site")


def test_preview_link_opens_without_an_account_until_it_is_taken_back(
    ann: Visitor, visit: Callable[..., Visitor]
) -> None:
    page = ann.page
    ann.open("/admin/page/new/")
    editor = Editor(page)
    editor.type_title("For the printer")
    editor.type_text("Please read.")
    editor.press("Save draft", "Saved.")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Preview links").click()
    expect(page.locator(".choice")).to_have_text(["1 day", "7 days", "30 days"])
    ann.look("preview-links-none")
    page.locator("form:has([name=days]) button").last.click()
    address = page.locator("input[readonly]").input_value()
    ann.look("preview-links-made")
    guest = visit()
    guest.open(address)
    expect(guest.page.locator(".prose")).to_have_text("Please read.")
    guest.look("preview-of-a-guest")
    assert guest.page.context.cookies() == []
    page.get_by_role("button", name="Take back").click()
    expect(sentence(page)).to_have_text("The link opens nothing any more.")
    with guest.watch.expecting(404):
        answer = guest.open(address)
    assert answer.status == 404


def test_search_button_has_its_name_on_a_phone(ann: Visitor) -> None:
    ann.page.set_viewport_size({"width": 390, "height": 800})
    ann.open("/admin/page/new/")
    button = ann.page.get_by_role("banner").get_by_role("button", name="Find", exact=True)
    expect(button).to_be_visible()
    expect(button).to_have_accessible_name("Find")
