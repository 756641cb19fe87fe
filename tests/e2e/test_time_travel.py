"""The site as it was is walked through by its own links, in a frame of the console."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.e2e.account import set_up
from tests.e2e.visiting import Visitor
from tests.serving import Site, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A platform of this story's own, whose past nobody else adds to."""
    with serving(tmp_path_factory.mktemp("past"), WORKERS="1") as started:
        yield started


@pytest.fixture(scope="module")
def owner(site: Site, chromium: Browser) -> StorageState:
    """The cookies of its owner."""
    with chromium.new_context() as context:
        set_up(context.new_page(), site)
        return context.storage_state()


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
