"""The audit log in a browser: read by day and by keys, narrowed, checked, and tampered with."""

import re
import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import text
from werkzeug.serving import make_server

from tests.admin.content import write
from tests.cast import PASSWORD
from tests.e2e.looking import Album, look_at
from tests.e2e.watching import Watch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(app: Flask, chromium: Browser) -> Iterator[Page]:
    """The console on the test's own database, with Ann at it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    with chromium.new_context(base_url=address, locale="en-GB") as context:
        opened = context.new_page()
        opened.goto("/login/", wait_until="networkidle")  # a passkey is asked for first
        opened.get_by_label("E-mail").fill("ann@example.org")
        opened.get_by_label("Password").fill(PASSWORD)
        opened.get_by_role("button", name="Sign in").click()
        opened.wait_for_url(lambda url: "/login/" not in url)
        yield opened
    server.shutdown()
    thread.join()
    server.server_close()


def looked(page: Page, name: str, album: Album) -> None:
    assert look_at(page, f"activity-{name}", album) == []


def read_by_keys(page: Page) -> None:
    """Go down two lines and up again, open the event, and see all about its object."""
    expect(page.locator(".list-day")).to_have_count(1)
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator("tr[data-row]:focus")).to_contain_text("published “Of Ben”")
    page.keyboard.press("Enter")
    expect(page.get_by_text("post.published")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Post or page 1$")).last.click()
    expect(page.locator(".chip").last).to_contain_text("Of Ben")


def narrow_by_filters(page: Page) -> None:
    """Choose kind and person in the panel of filters."""
    page.get_by_role("link", name="Filter").click()
    page.locator("#choose-kind").select_option("post")
    page.locator("#choose-actor").select_option(label="Cy")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tr[data-row]")).to_have_count(2)
    expect(page.locator("tbody")).to_contain_text("published “Of Cy”")


def check(page: Page, said: str) -> None:
    """Ask for a check at once."""
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_log_is_read_narrowed_checked_and_shows_tampering(page, runtime):
    album, watch = Album(), Watch(page.url.rstrip("/"))
    watch.observe(page.context)
    post = write(runtime, "Ben", title="Of Ben")
    write(runtime, "Cy", title="Of Cy")

    page.goto("/audit/?actor=user:2")
    looked(page, "log", album)
    read_by_keys(page)
    page.goto("/audit/")
    narrow_by_filters(page)
    looked(page, "narrowed", album)

    page.goto(f"/page/edit/{post}/")
    page.locator(".more > summary").click()
    page.get_by_role("link", name="Activity").click()
    expect(page.locator("tr[data-row]")).to_have_count(2)

    page.get_by_role("link", name="Is the log whole?").click()
    check(page, "The audit log is whole")
    looked(page, "whole", album)
    with runtime.database.writing() as session:
        session.execute(text("UPDATE audit_event SET actor_name = 'Eve' WHERE number = 3"))
        session.commit()
    check(page, "The audit log was tampered with")
    looked(page, "broken", album)
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text("Audit log: It was tampered with.")
    looked(page, "dashboard", album)
    assert watch.complaints == []
