"""The story of a text: compared, taken back in part, named, thrown away, brought back, undone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor
from tests.e2e.writing import Editor, write_post

pytestmark = pytest.mark.browser


def write(ann: Visitor, title: str, text: str) -> Editor:
    """Write a post and publish it."""
    editor = write_post(ann.page, ann.site.address, title, text)
    editor.publish("Publish now")
    return editor


def status(ann: Visitor, path: str) -> int:
    return ann.page.request.get(f"{ann.site.address}{path}").status


def test_versions_are_compared_restored_in_part_and_named(ann: Visitor) -> None:
    page = ann.page
    editor = write(ann, "Early snow", "It snowed at night.")
    editor.type_title("Late snow")
    editor.type_text("It snowed all day.")
    editor.press("Save", "Saved.")
    page.locator("details.more > summary").click()
    page.get_by_role("link", name="History").click()
    expect(page.locator(".history > li")).not_to_have_count(1)
    page.get_by_role("radio", name="Compare from revision 1").check()
    ann.look("history")
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(page.locator("del").filter(has_text="night").first).to_be_visible()
    expect(page.locator("ins").filter(has_text="day").first).to_be_visible()
    ann.look("history-inline")
    page.get_by_label("Layout").select_option("side")
    page.get_by_role("button", name="Compare", exact=True).click()
    left = page.locator("del").filter(has_text="night").first.bounding_box()
    right = page.locator("ins").filter(has_text="day").first.bounding_box()
    assert left["x"] < right["x"]
    ann.look("history-side-by-side")

    page.goto(re.sub(r"/revisions/.*", "/revisions/1/", page.url))
    page.get_by_label("Name, to keep it for ever").fill("As it began")
    page.get_by_role("button", name="Save the name").click()
    expect(page.locator(".badge").filter(has_text="As it began").first).to_be_visible()
    page.goto(re.sub(r"/revisions/.*", "/revisions/1/", page.url))
    page.get_by_label("Take only one part from it").select_option(label="Title")
    page.get_by_role("button", name="Take it").click()
    expect(page.locator(".flash-success")).to_be_visible()
    page.goto(re.sub(r"/(revisions|view)/.*", "/", page.url))
    expect(page.get_by_label("Title", exact=True)).to_have_value("Early snow")
    expect(editor.text).to_have_text("It snowed all day.")


def test_trashed_post_is_back_at_its_address_and_many_are_undone(ann: Visitor) -> None:
    page = ann.page
    for word in ("One", "Two"):
        write(ann, f"Hail {word}", "It hailed.")
    Editor(page).press_more("Move to the trash", "Moved to the trash.")
    assert status(ann, "/page/hail-two/") in {404, 410}
    ann.open("/admin/trash/?kind=post")
    line = page.get_by_role("listitem").filter(has_text="Hail Two")
    ann.look("trash")
    line.get_by_role("button", name="Restore and publish").click()
    expect(page.locator(".flash-success")).to_contain_text("Hail Two is back.")
    assert status(ann, "/page/hail-two/") == 200

    ann.open("/admin/page/?q=hail")
    for box in page.locator('tbody input[name="ids"]').all():
        box.check()
    page.get_by_role("button", name="Move to trash", exact=True).click()
    page.get_by_role("button", name="Move to trash (").click()
    expect(page.locator(".flash-success")).to_contain_text("Undo")
    assert {status(ann, f"/page/hail-{word}/") for word in ("one", "two")} <= {404, 410}
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".flash-success")).to_contain_text("Undone.")
    assert {status(ann, f"/page/hail-{word}/") for word in ("one", "two")} == {200}


def test_undo_is_refused_with_the_reason_and_the_rest_goes_on(ann: Visitor) -> None:
    page = ann.page
    for word in ("One", "Two"):
        write(ann, f"Fog {word}", "It was foggy.")
    ann.open("/admin/page/?q=fog")
    for box in page.locator('tbody input[name="ids"]').all():
        box.check()
    page.get_by_role("button", name="Unpublish", exact=True).click()
    page.get_by_role("button", name="Unpublish (").click()
    expect(page.locator(".flash-success")).to_contain_text("Undo")
    page.get_by_role("link", name="Fog One").first.click()
    Editor(page).type_text("It was foggy, and still is.")
    Editor(page).press("Save draft", "Saved.")

    ann.open("/admin/undo/")
    ann.look("undo-list")
    with ann.watch.expecting(409):
        page.get_by_role("button", name=re.compile("^Look")).first.click()
        expect(page.get_by_role("heading", name="Nothing was undone yet")).to_be_visible()
    told = page.locator(".changes > li")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("Fog One")
    expect(told).to_contain_text("has changed it since")
    ann.look("undo-refused")
    page.get_by_role("button", name="Undo the rest: 1 thing").click()
    expect(page.locator(".flash-success")).to_contain_text("Undone.")
    assert [status(ann, f"/page/fog-{word}/") for word in ("one", "two")] == [404, 200]
