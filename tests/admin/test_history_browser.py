"""Undo by its button and by its key, and two versions side by side, in a real browser."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import make_server

from shared.domain.posts import save_post
from tests.admin.content import change, read, write
from tests.cast import PASSWORD, make_content
from tests.e2e.writing import sentence

pytestmark = pytest.mark.browser


@pytest.fixture
def page(app: Flask) -> Iterator[Page]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened = browser.new_context(base_url=address, locale="en-GB").new_page()
        opened.goto("/login/")
        opened.get_by_label("E-mail").fill("ann@example.org")
        opened.get_by_label("Password", exact=True).fill(PASSWORD)
        opened.get_by_role("button", name="Sign in").click()
        opened.wait_for_url(lambda url: "/login/" not in url)
        yield opened
        browser.close()
    server.shutdown()
    thread.join()
    server.server_close()


def trash(page: Page) -> None:
    page.goto("/page/edit/1/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Move to the trash").click()
    expect(sentence(page)).to_have_text("Moved to the trash.")


def test_undo_by_button_and_by_key_and_versions_side_by_side(runtime, page):
    post = write(runtime, body="早上很安静。")
    trash(page)
    page.get_by_role("button", name="Undo").click()
    expect(sentence(page)).to_have_text("Undone.")
    assert read(runtime, post).status == "published"
    trash(page)
    page.wait_for_load_state("load")  # when its scripts have run
    page.keyboard.press("z")
    expect(sentence(page)).to_have_text("Undone.")
    assert read(runtime, post).status == "published"

    changed = make_content(body="早上不安静。")
    change(runtime, post, save_post, content=changed, version=None)
    page.goto("/page/edit/1/revisions/2/?view=side")
    left, right = page.locator("del"), page.locator("ins")
    assert (left.inner_text(), right.inner_text()) == ("很", "不")
    assert left.bounding_box()["x"] < right.bounding_box()["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    assert left.bounding_box()["y"] < right.bounding_box()["y"]
