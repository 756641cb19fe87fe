"""Old addresses and merged tags lead on; a setting goes back to what it was."""

import pytest
from playwright.sync_api import expect

from shared.domain.missing import Missed, add_missing
from shared.runtime import Runtime
from shared.settings import Settings
from tests.e2e.visiting import Visitor
from tests.e2e.writing import sentence, write_post

pytestmark = pytest.mark.browser


def note_missing(ann: Visitor, path: str) -> None:
    """Write down what the site's own thread would write within a minute."""
    runtime = Runtime(Settings.from_env({"INSTANCE": str(ann.site.instance)}))
    with runtime.database.writing() as session:
        add_missing(session, {path: Missed(4, runtime.clock(), "https://blog.example.org/old")})
        session.commit()
    runtime.database.close()


def test_an_address_asked_for_in_vain_leads_to_its_post_by_one_press(ann: Visitor) -> None:
    editor = write_post(ann.page, ann.site.address, "Moved rain", "It moved here.")
    editor.publish("Publish now")
    note_missing(ann, "/2019/03/moved-rain.html")

    ann.open("/admin/redirects/missing/")
    ann.look("missing")
    line = ann.page.get_by_role("listitem").filter(has_text="/2019/03/moved-rain.html")
    expect(line.get_by_role("textbox")).to_have_value("/page/moved-rain/")
    line.get_by_role("button", name="Redirect").click()
    expect(sentence(ann.page)).to_have_text("/2019/03/moved-rain.html leads to /page/moved-rain/.")

    ann.open("/2019/03/moved-rain.html")
    expect(ann.page.get_by_role("heading", name="Moved rain")).to_be_visible()
    assert ann.page.url == f"{ann.site.address}/page/moved-rain/"


def test_merged_tags_lead_to_the_one_that_stays(ann: Visitor) -> None:
    for title, tag in (("Rain in spring", "Drizzle"), ("Rain in autumn", "Mizzle")):
        editor = write_post(ann.page, ann.site.address, title, "It rained.")
        editor.add_tag(tag)
        editor.publish("Publish now")

    ann.open("/admin/tags/merge/")
    ann.page.get_by_label("These tags go").fill("Mizzle")
    ann.page.get_by_label("This one stays").fill("Drizzle")
    ann.page.get_by_role("button", name="See what would change").click()
    expect(ann.page.get_by_text("1 post changes over.")).to_be_visible()
    ann.look("merge-tags")
    ann.page.get_by_role("button", name="Merge", exact=True).click()
    expect(sentence(ann.page)).to_have_text("Merged into “Drizzle”. 1 post changed over.")

    ann.open("/list/mizzle/")
    assert ann.page.url == f"{ann.site.address}/list/drizzle/"
    expect(ann.page.get_by_role("link", name="Rain in autumn")).to_be_visible()


def test_a_setting_is_put_back_from_its_history(ann: Visitor) -> None:
    ann.open("/admin/settings/")
    ann.page.get_by_label("Tagline").fill("All about rain")
    ann.page.get_by_role("button", name="Save").click()
    expect(sentence(ann.page)).to_have_text("The settings are saved.")
    ann.page.get_by_role("link", name="History", exact=True).click()
    ann.look("settings-history")
    ann.page.get_by_role("button", name="Put back: Tagline").first.click()
    expect(sentence(ann.page)).to_have_text("Tagline is empty again.")
    ann.open("/admin/settings/")
    expect(ann.page.get_by_label("Tagline")).to_have_value("")
