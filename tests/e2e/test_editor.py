"""The editor when the line is slow, the session over, or somebody else was quicker."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, StorageState, expect

from tests.e2e.account import sign_in
from tests.e2e.visiting import Visitor
from tests.e2e.writing import Editor, sentence, write_post

pytestmark = pytest.mark.browser


def test_who_types_before_the_editor_has_come_types_on_in_it(ann: Visitor) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    ann.page.route("**/vendor/codemirror/*", hold, times=1)
    with ann.page.expect_request("**/vendor/codemirror/*"):
        ann.open("/admin/page/new/")
    ann.page.locator("textarea#body").focus()
    ann.page.keyboard.type("first words\nlast")
    ann.page.keyboard.press("Home")
    waiting[0].continue_()
    expect(ann.page.locator(".cm-content")).to_be_focused()
    ann.page.keyboard.type("at ")
    expect(ann.page.locator(".cm-line").last).to_have_text("at last")
    Editor(ann.page).type_title("Slow line")
    Editor(ann.page).press("Save draft", "Saved.")
    expect(ann.page.locator(".cm-line")).to_have_text(["first words", "at last"])


def test_a_text_survives_a_session_that_ended(
    owner: StorageState, visit: Callable[..., Visitor]
) -> None:
    visitor = visit()
    visitor.open("/admin/login/")
    sign_in(visitor.page)
    visitor.page.wait_for_url("**/admin/")
    write_post(visitor.page, visitor.site.address, "Still here", "Not a word is lost 一字不丢.")
    visitor.page.context.clear_cookies()
    with visitor.watch.expecting(401):
        visitor.page.get_by_role("button", name="Save draft").click()
        expect(visitor.page.get_by_text("You were signed out.")).to_be_visible()
    sign_in(visitor.page)
    expect(visitor.page.get_by_text("Not a word is lost 一字不丢.")).to_be_visible()
    visitor.look("resume")
    visitor.page.locator("form.kept button.primary").click()
    expect(sentence(visitor.page)).to_have_text("Saved.")
    expect(visitor.page.locator(".cm-content")).to_have_text("Not a word is lost 一字不丢.")


def test_a_save_on_top_of_another_shows_both_texts(ann: Visitor) -> None:
    mine = write_post(ann.page, ann.site.address, "Two tabs", "The first text.")
    mine.press("Save draft", "Saved.")
    other = ann.page.context.new_page()
    other.goto(ann.page.url)
    theirs = Editor(other)
    theirs.type_text("Written in the other tab.")
    theirs.press("Save draft", "Saved.")
    mine.type_text("Written in this tab.")
    with ann.watch.expecting(409):
        ann.page.get_by_role("button", name="Save draft").click()
        expect(ann.page.locator("ins, del").first).to_be_visible()
    expect(ann.page.locator(".cm-content")).to_have_text("Written in this tab.")
    expect(ann.page.locator("body")).to_contain_text("Written in the other tab.")
    ann.look("conflict")


def test_a_closed_tab_has_its_text_again(ann: Visitor) -> None:
    write_post(ann.page, ann.site.address, "Closed too soon", "Half a sentence")
    again = ann.page.context.new_page()
    ann.page.close(run_before_unload=False)
    again.goto(f"{ann.site.address}/admin/page/new/")
    expect(again.locator("[data-kept=back]")).to_be_visible()
    expect(again.locator(".cm-content")).to_have_text("Half a sentence")
    expect(again.get_by_label("Title", exact=True)).to_have_value("Closed too soon")
    expect(again.locator("[data-state=saved]")).to_be_visible()
