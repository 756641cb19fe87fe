"""Nothing typed is lost: a real browser whose page, line, server or session goes away."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from shared.domain.posts import save_post
from shared.runtime import Runtime
from tests.admin.content import change, read, write
from tests.admin.test_editor_browser import COPIES, EDITED, KEPT, TEXT, body, edit, set_text
from tests.cast import PASSWORD, make_content

pytestmark = pytest.mark.browser
# The last word of a page that goes reaches the server past every route and line of the test.
SPEECHLESS = """const ask = fetch;
window.fetch = (address, options) =>
  options?.keepalive ? Promise.reject(new TypeError("gone")) : ask(address, options);"""


def state(page: Page) -> str:
    return page.locator("[data-state]").get_attribute("data-state") or ""


def wait_for(page: Page, name: str) -> None:
    expect(page.locator("[data-state]")).to_have_attribute("data-state", name, timeout=20_000)


def nothing_kept(page: Page) -> None:
    page.wait_for_function(f"async () => (await ({COPIES})()).length === 0")


def lose(context: BrowserContext, page: Page) -> None:
    """Close a page without its last word to the server."""
    context.set_offline(True)
    page.close()
    context.set_offline(False)


def test_text_is_stored_by_itself_as_typed_and_the_copy_forgotten(
    runtime: Runtime, page: Page, address: str
) -> None:
    edit(page, f"{address}/page/new/")
    page.get_by_label("Title", exact=True).fill("学习 🍜")
    set_text(page, TEXT)
    page.wait_for_function(KEPT, arg="𠮷野家")
    wait_for(page, "saved")
    assert page.url == f"{address}/page/edit/1/"
    nothing_kept(page)
    assert (read(runtime, 1).saved.body, read(runtime, 1).status) == (TEXT, "draft")
    page.keyboard.press("Control+s")
    page.wait_for_url(EDITED)
    expect(page.locator(".flash-success")).to_have_text("Saved.")
    assert (body(page), read(runtime, 1).revisions) == (TEXT, 1)


def test_first_save_by_itself_makes_the_bar_that_of_a_draft(page: Page, address: str) -> None:
    edit(page, f"{address}/page/new/")
    expect(page.locator(".editor-bar .badge")).to_have_text("Not saved yet")
    page.get_by_label("Title", exact=True).fill("Begun")
    wait_for(page, "saved")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit post")
    expect(page.locator(".editor-bar .badge")).to_have_text("Draft")
    expect(page).to_have_title("Edit post: Begun · Triptych")
    page.locator(".editor-bar .more summary").click()
    page.get_by_role("link", name="History").press("Escape")
    expect(page.get_by_role("link", name="History")).to_be_hidden()


def test_what_a_save_did_is_seen_at_the_top(runtime: Runtime, page: Page, address: str) -> None:
    post_id = write(runtime, body="line\n" * 80)
    edit(page, f"{address}/page/edit/{post_id}/")
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 50")
    page.keyboard.press("Control+s")
    page.wait_for_url(EDITED)
    expect(page.locator(".flash-success")).to_be_in_viewport()


def test_autosave_of_a_public_post_changes_nothing_for_visitors(
    runtime: Runtime, page: Page, address: str
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    set_text(page, "new")
    wait_for(page, "saved")
    stored = read(runtime, post_id)
    assert (stored.saved.body, stored.live.body, stored.status) == ("new", "old", "published")
    expect(page.locator(".editor-bar .badge")).to_have_text(["Published", "Unpublished changes"])


def test_text_of_a_lost_page_comes_back_and_can_be_thrown_away(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    url = f"{address}/page/edit/{write(runtime, tags=('one',), body='old')}/"
    context.route("**/page/autosave/*", lambda route: route.abort())
    context.add_init_script(SPEECHLESS)
    edit(page, url)
    set_text(page, TEXT)
    page.get_by_label("Tags", exact=True).fill("two")
    page.keyboard.press("Enter")
    page.get_by_label("Title", exact=True).fill("另一个题目")
    page.wait_for_function(KEPT, arg="另一个题目")
    lose(context, page)
    again = context.new_page()
    edit(again, url)
    expect(again.locator("[data-kept=back]")).to_be_visible(timeout=20_000)
    assert (body(again), again.locator("[name=tags]").input_value()) == (TEXT, "one, two")
    assert again.get_by_label("Title", exact=True).input_value() == "另一个题目"
    assert again.locator(".cm-content").inner_text().startswith("# 标题 🍜")
    again.get_by_role("button", name="Throw it away").click()
    assert (body(again), again.locator("[name=tags]").input_value()) == ("old", "one")
    nothing_kept(again)
    said.clear()


def test_copy_that_is_older_than_what_was_saved_is_offered(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, slug="s", body="old")
    url = f"{address}/page/edit/{post_id}/"
    context.route("**/page/autosave/*", lambda route: route.abort())
    edit(page, url)
    set_text(page, "mine")
    page.wait_for_function(KEPT, arg="mine")
    lose(context, page)
    theirs = make_content(slug="s", body="theirs")
    change(runtime, post_id, save_post, "Ann", content=theirs, version=None)
    context.unroute_all()
    again = context.new_page()
    edit(again, url)
    expect(again.locator("[data-kept=older]")).to_be_visible()
    assert body(again) == "theirs"
    again.get_by_role("button", name="Put it back").click()
    wait_for(again, "stale")
    assert (body(again), read(runtime, post_id).saved.body) == ("mine", "theirs")
    said[:] = [text for text in said if "Failed to load resource" not in text]


def test_open_page_keeps_its_copy_from_a_second_one(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    context.route("**/page/autosave/*", lambda route: route.abort())
    url = f"{address}/page/edit/{write(runtime)}/"
    edit(page, url)
    set_text(page, "being written")
    page.wait_for_function(KEPT, arg="being written")
    second = context.new_page()
    edit(second, url)
    second.wait_for_timeout(300)
    assert second.locator("[data-kept]:visible").count() == 0
    said.clear()


def test_leaving_asks_only_while_the_server_lacks_something(
    runtime: Runtime, page: Page, address: str
) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    edit(page, f"{address}/page/edit/{write(runtime)}/")
    set_text(page, "words")
    page.goto(f"{address}/profile/")
    assert asked == ["beforeunload"]
    edit(page, f"{address}/page/edit/1/")
    assert body(page) == "words"
    set_text(page, "other words")
    wait_for(page, "saved")
    page.goto(f"{address}/profile/")
    assert asked == ["beforeunload"]


def test_writing_offline_goes_on_and_is_sent_when_the_line_is_back(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    context.set_offline(True)
    set_text(page, "offline")
    wait_for(page, "offline")
    expect(page.locator("[data-told]")).to_have_text("Offline: kept in this browser")
    page.keyboard.type(" and on")
    assert read(runtime, post_id).saved.body == "old"
    context.set_offline(False)
    wait_for(page, "saved")
    assert read(runtime, post_id).saved.body == "offline and on"
    assert (page.locator("[data-told]").text_content() or "").startswith("Saved")
    said.clear()


def test_lost_answer_is_neither_a_conflict_nor_a_second_post(
    runtime: Runtime, page: Page, address: str, said: list[str]
) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    edit(page, f"{address}/page/new/")
    page.get_by_label("Title", exact=True).fill("Lost")
    page.route("**/page/autosave/*", lose, times=1)
    set_text(page, "one")
    wait_for(page, "offline")
    assert read(runtime, 1).saved.body == "one"
    page.keyboard.type(" two")
    wait_for(page, "saved")
    page.keyboard.type(" three")
    wait_for(page, "dirty")
    wait_for(page, "saved")
    assert (page.url, read(runtime, 1).saved.body) == (f"{address}/page/edit/1/", "one two three")
    said.clear()


def answer(given: dict[str, Any], route: Route) -> None:
    route.fulfill(**given)


def test_busy_server_is_asked_again_after_the_time_it_names(
    runtime: Runtime, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime, body="old")
    edit(page, f"{address}/page/edit/{post_id}/")
    for status in (429, 503):
        refuse = {"status": status, "headers": {"Retry-After": "1"}, "body": "later"}
        page.route("**/page/autosave/*", partial(answer, refuse), times=1)
        set_text(page, f"after {status}")
        wait_for(page, "busy")
        wait_for(page, "saved")
        assert read(runtime, post_id).saved.body == f"after {status}"
    said.clear()


def enter_as(page: Page, address: str, name: str) -> Page:
    """Open a page in a browser of somebody else, signed in."""
    browser = page.context.browser
    assert browser is not None
    opened = browser.new_context(locale="en-GB").new_page()
    opened.goto(f"{address}/login/")
    opened.get_by_label("E-mail").fill(f"{name}@example.org")
    opened.get_by_label("Password").fill(PASSWORD)
    opened.keyboard.press("Enter")
    opened.wait_for_url(f"{address}/")
    return opened


def test_two_windows_and_two_people_see_each_other(
    runtime: Runtime, context: BrowserContext, page: Page, address: str, said: list[str]
) -> None:
    post_id = write(runtime)
    url = f"{address}/page/edit/{post_id}/"
    edit(page, url)
    assert page.locator("[data-others]").is_hidden()
    other = context.new_page()
    edit(other, url)
    words = "You have this open in another window too, since"
    expect(other.locator("[data-others]")).to_contain_text(words)
    other.close()
    ann = enter_as(page, address, "ann")
    edit(ann, url)
    expect(ann.locator("[data-others]")).to_contain_text("Ben has this open too, since")
    page.goto(f"{address}/")
    edit(ann, url)
    expect(ann.locator("[data-others]")).to_be_hidden()
    ann.context.close()
    said.clear()
