"""Without JavaScript: signing in, writing, publishing and reading all work."""

from collections.abc import Callable

import pytest
from playwright.sync_api import StorageState, expect

from tests.e2e.account import sign_in, sign_out
from tests.e2e.visiting import Visitor
from tests.e2e.writing import sentence

pytestmark = pytest.mark.browser

TEXT = "One line.\n\nAnother line, *slanted*."


@pytest.fixture
def plain(owner: StorageState, visit: Callable[..., Visitor]) -> Visitor:
    """A visitor whose browser runs no scripts."""
    return visit(java_script_enabled=False)


def test_a_post_is_written_previewed_and_published(plain: Visitor) -> None:
    page = plain.page
    plain.open("/admin/login/?next=/admin/page/new/")
    sign_in(page)
    page.get_by_label("Title", exact=True).fill("Without a script")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Tags", exact=True).fill("Plain, 朴素")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.locator("article em")).to_have_text("slanted")
    page.get_by_role("button", name="Save draft").click()
    expect(sentence(page)).to_have_text("Saved.")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
    expect(page.get_by_label("Tags", exact=True)).to_have_value("Plain, 朴素")
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("heading", name="What will change for visitors")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    expect(sentence(page)).to_have_text("Published.")
    page.locator("details.more > summary").click()
    page.get_by_role("link", name="View on site").click()
    expect(page.locator(".prose em")).to_have_text("slanted")
    plain.open("/admin/")
    sign_out(page)


def test_the_site_is_read_and_searched(plain: Visitor) -> None:
    page = plain.page
    plain.open("/")
    page.get_by_role("link", name="Welcome to Triptych").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to Triptych")
    page.get_by_role("link", name="First steps").click()
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Search").fill("脚注")
    page.keyboard.press("Enter")
    expect(page.locator("article").first).to_contain_text("脚注")


def test_bulk_actions_ask_on_a_page_of_their_own(plain: Visitor) -> None:
    page = plain.page
    plain.open("/admin/login/?next=/admin/page/?q%3Dsite")
    sign_in(page)
    page.get_by_label("Select The site as JSON").check()
    page.get_by_role("button", name="Unpublish").click()
    page.wait_for_url("**/bulk/")
    page.get_by_role("button", name="Unpublish").click()
    expect(page.get_by_role("row", name="The site as JSON")).to_contain_text("Draft")
    assert page.request.get(f"{plain.site.address}/page/api/").status == 404
    page.get_by_role("link", name="The site as JSON").click()
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("heading", name="What will change for visitors")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    assert page.request.get(f"{plain.site.address}/page/api/").status == 200
