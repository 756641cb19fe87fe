"""What visitors read is counted by the site, and drawn in the console."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.visiting import Visitor
from tests.serving import Site

pytestmark = pytest.mark.browser


def count(site: Site, path: str, numbers: list[int]) -> None:
    """Let a page have been seen so often on each of the last days, today's number last."""
    today = datetime.now(UTC).date()
    with sqlite3.connect(site.instance / "triptych.sqlite3") as database:
        for ago, number in enumerate(reversed(numbers)):
            day = (today - timedelta(days=ago)).isoformat()
            row = day, path, number
            database.execute("INSERT OR REPLACE INTO page_view VALUES (?, ?, ?)", row)
            database.execute("INSERT OR REPLACE INTO day_view VALUES (?, ?)", (day, number))


def test_a_plot_is_gone_through_by_keys_and_read_as_a_table(ann: Visitor, site: Site) -> None:
    count(site, "/page/welcome/", [*range(30, 60), 1_234])
    page = ann.page
    ann.open("/admin/")
    ann.look("dashboard-views")
    page.get_by_role("link", name="All views").click()
    page.get_by_role("link", name="7 days", exact=True).click()
    ann.look("views")

    page.locator("[data-plot-keys]").focus()
    said = page.locator("[data-plot-said]")
    expect(said).to_contain_text(": 1,234, before 53")
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text(": 59, before 52")
    page.keyboard.press("Home")
    expect(said).to_contain_text(": 54, before 47")

    page.get_by_text("As a table").click()
    expect(page.get_by_role("row")).to_have_count(8)
    expect(page.get_by_role("row").nth(1)).to_contain_text("1,23453")

    page.get_by_role("link", name="Welcome to Triptych").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Views of “Welcome to Triptych”")
    ann.look("views-post")
