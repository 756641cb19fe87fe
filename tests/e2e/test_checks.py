"""What there is to mend is told while one writes and before it is published; mending it helps."""

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor
from tests.e2e.writing import sentence, write_post

pytestmark = pytest.mark.browser


def test_findings_lead_to_their_place_and_go_when_they_are_mended(ann: Visitor) -> None:
    page = ann.page
    text = "## Sky\n\n#### Clouds\n\n[](/page/no-such-rain/)"
    editor = write_post(page, ann.site.address, "Checked rain", text)
    panel = page.locator("[data-checks]")
    expect(panel.get_by_role("status")).to_have_text("3 things to mend")
    ann.look("editor-checks")

    panel.get_by_role("button", name="skips from level 2 to 4").press("Enter")
    page.keyboard.press("Delete")
    expect(editor.text).to_contain_text("### Clouds")
    expect(panel.get_by_role("status")).to_have_text("2 things to mend")
    expect(panel.get_by_role("button", name="has no words")).to_be_visible()

    page.get_by_role("button", name="Publish…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="To mend before")).to_be_visible()
    expect(dialog.get_by_text("/page/no-such-rain/ leads nowhere.")).to_be_visible()
    dialog.get_by_role("button", name="Go on writing").click()

    editor.type_text("## Sky\n\n### Clouds\n\nNothing else.")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Publish…").click()
    expect(dialog.get_by_role("heading", name="What will change for visitors")).to_be_visible()
    expect(dialog.get_by_role("heading", name="To mend before")).to_be_hidden()


def test_error_keeps_a_text_from_being_published_until_it_is_mended(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/settings/checks/")
    ann.look("settings-checks")
    page.get_by_label("Links without words").select_option("error")
    page.get_by_role("button", name="Save").click()
    expect(sentence(page)).to_have_text("The settings are saved.")

    editor = write_post(page, ann.site.address, "Rain with an error", "[](https://example.org/)")
    page.get_by_role("button", name="Publish…").click()
    told = "Line 1: The link to https://example.org/ has no words."
    with ann.watch.expecting(422):
        page.get_by_role("dialog").get_by_role("button", name="Publish now").click()
        expect(page.get_by_text(told).first).to_be_visible()
    assert page.request.get(f"{ann.site.address}/page/rain-with-an-error/").status == 404
    expect(editor.text).to_contain_text("[](https://example.org/)")

    editor.type_text("[Rain](https://example.org/)")
    editor.publish("Publish now")
    assert page.request.get(f"{ann.site.address}/page/rain-with-an-error/").status == 200
