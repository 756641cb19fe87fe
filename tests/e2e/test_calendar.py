"""A month is walked by keys, a post is planned from a day, and a phone shows a list of days."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor
from tests.e2e.writing import write_post

pytestmark = pytest.mark.browser


def test_a_post_is_planned_from_the_calendar_by_keys(ann: Visitor) -> None:
    page = ann.page
    ann.open("/admin/calendar/?month=2098-12#day-2098-12-31")
    expect(page.get_by_text("Nothing comes or goes in December 2098.")).to_be_visible()
    expect(page.locator("#day-2098-12-31")).to_be_focused()
    ann.look("calendar-empty")

    # Narrow as it was looked at, an empty day is not there to keep the focus.
    page.locator("#day-2098-12-31").press("PageDown")
    expect(page.get_by_role("heading", name="January 2099")).to_be_visible()
    expect(page.locator("#day-2099-01-31")).to_be_focused()
    page.keyboard.press("PageDown")
    expect(page.locator("#day-2099-02-28")).to_be_focused()
    for key, day in (
        ("ArrowUp", "21"),
        ("ArrowLeft", "20"),
        ("ArrowRight", "21"),
        ("ArrowUp", "14"),
    ):
        page.keyboard.press(key)
        expect(page.locator(f"#day-2099-02-{day}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/page/new/?at=2099-02-14")
    expect(page.locator("[name=publish_at]")).to_have_value("2099-02-14T09:00")


def test_a_planned_post_stands_on_its_day_and_opens(ann: Visitor) -> None:
    page = ann.page
    write_post(page, ann.site.address, "Rain in the calendar", "It rained all day.")
    page.get_by_role("button", name="Publish…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Time of publication").fill("2099-04-07T08:30")
    dialog.get_by_role("button", name="Schedule for April 7, 2099").click()
    expect(page.locator(".flash-success")).to_contain_text("Scheduled.")
    ann.open("/admin/calendar/?month=2099-04#day-2099-04-07")
    expect(page.locator("#day-2099-04-07")).to_be_focused()
    ann.look("calendar")

    page.locator("#day-2099-04-07").press("Tab")
    item = page.get_by_role("link", name=re.compile("08:30 Rain in the calendar Scheduled"))
    expect(item).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/admin/page/edit/\d+/"))

    page.set_viewport_size({"width": 390, "height": 800})
    ann.open("/admin/calendar/?month=2099-04")
    expect(page.get_by_text("Tuesday 7 April")).to_be_visible()
    expect(page.locator("#day-2099-04-08")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Next month").click()
    expect(page.get_by_role("heading", name="May 2099")).to_be_visible()
