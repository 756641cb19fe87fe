"""The site as it was is walked through by its own links, in a frame of the console."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor

pytestmark = pytest.mark.browser


def test_the_past_is_walked_through_by_its_own_links(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/time/")
    ann.look("time travel")
    page.get_by_role("listitem").filter(has_text="Welcome to Triptych").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The site as of ")
    ann.look("the site as it was")

    within = page.frame_locator("iframe")
    within.get_by_role("link", name="Welcome to Triptych").click()
    expect(page).to_have_url(re.compile(r"/admin/time/[^/]+/page/welcome/$"))
    expect(within.get_by_role("heading", level=1)).to_have_text("Welcome to Triptych")

    page.get_by_label("As of").fill("2020-01-01T00:00")
    with ann.watch.expecting(404):  # it was not there then
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(re.compile(r"/admin/time/2020-[^/]+/page/welcome/$"))
        expect(within.get_by_role("heading", level=1)).not_to_have_text("Welcome to Triptych")
    expect(page.get_by_role("link", name="Next change")).to_be_visible()
    page.get_by_text("What is not from then").click()
    expect(page.get_by_text("The search finds what was public then")).to_be_visible()
