"""Publishing later, taking back, throwing away and having back again."""

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor
from tests.e2e.writing import Editor, sentence, write_post

pytestmark = pytest.mark.browser


def write(ann: Visitor, title: str) -> Editor:
    return write_post(ann.page, ann.site.address, title, "It rained all day.")


def status_on_site(ann: Visitor, path: str) -> int:
    return ann.page.request.get(ann.site.address + path).status


def test_a_scheduled_post_waits_until_it_is_published_now(ann: Visitor) -> None:
    editor = write(ann, "Next year’s rain")
    ann.page.get_by_role("button", name="Publish…").click()
    dialog = ann.page.get_by_role("dialog")
    expect(dialog.get_by_text("/page/next-years-rain/")).to_be_visible()
    dialog.get_by_label("Time of publication").fill("2099-02-03T08:30")
    expect(dialog.get_by_role("button", name="Publish now")).to_be_visible()
    ann.look("editor-publish")
    dialog.get_by_role("button", name="Schedule for February 3, 2099").click()
    expect(sentence(ann.page)).to_have_text("Scheduled.")
    badge = ann.page.locator(".standing .badge").first
    expect(badge.locator("time")).to_have_attribute("datetime", "2099-02-03T08:30:00+00:00")
    ann.look("editor-scheduled")
    assert status_on_site(ann, "/page/next-years-rain/") == 404
    ann.open("/admin/")
    expect(ann.page.get_by_role("link", name="Next year’s rain")).to_be_visible()
    ann.page.get_by_role("link", name="Next year’s rain").click()
    editor.publish("Publish now")
    assert status_on_site(ann, "/page/next-years-rain/") == 200


def test_an_unpublished_post_leaves_the_site_and_its_lists(ann: Visitor) -> None:
    editor = write(ann, "Rain for a day")
    editor.publish("Publish now")
    feed = ann.page.request.get(f"{ann.site.address}/feed.xml").text()
    editor.press_more("Unpublish", "Taken back to a draft; visitors no longer see it.")
    after = ann.page.request.get(f"{ann.site.address}/feed.xml").text()
    assert ("Rain for a day" in feed, "Rain for a day" in after) == (True, False)
    assert status_on_site(ann, "/page/rain-for-a-day/") == 404


def test_a_trashed_post_is_restored_with_its_text(ann: Visitor) -> None:
    editor = write(ann, "Rain in the trash")
    editor.publish("Publish now")
    editor.press_more("Move to the trash", "Moved to the trash.")
    assert status_on_site(ann, "/page/rain-in-the-trash/") in {404, 410}
    ann.look("trashed")
    editor.press("Restore", "Restored as a draft.")
    expect(editor.text).to_have_text("It rained all day.")
    assert status_on_site(ann, "/page/rain-in-the-trash/") in {404, 410}
    editor.publish("Publish now")
    assert status_on_site(ann, "/page/rain-in-the-trash/") == 200


def test_a_category_made_in_the_console_is_a_list_on_the_site(ann: Visitor) -> None:
    ann.open("/admin/categories/new/")
    ann.look("category-new")
    ann.page.get_by_label("Name").fill("天气")
    ann.page.get_by_role("button", name="Save").click()
    expect(ann.page.locator(".flash-success")).to_be_visible()
    editor = write(ann, "Rain by category")
    ann.page.get_by_label("天气", exact=True).check()
    editor.publish("Publish now")
    ann.open("/category/天气/")
    expect(ann.page.get_by_role("link", name="Rain by category")).to_be_visible()
    ann.look("category")
