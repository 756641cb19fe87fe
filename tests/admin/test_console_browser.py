"""The console in a real browser: accessible in every look, quick where scripts run."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from shared.domain.clients import register_client
from tests.admin.content import add_category, read, write
from tests.cast import PASSWORD, work_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with chromium.new_context(base_url=address, locale="en-GB") as context:
        opened = context.new_page()
        opened.goto("/login/")
        yield opened


def sign_in(page: Page) -> None:
    page.get_by_label("E-mail").fill("ann@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/login/"))


@pytest.fixture
def full(runtime):
    life = add_category(runtime, "Life")
    add_category(runtime, "Internship", "life/internship")
    for number in range(24):
        write(
            runtime,
            title=f"Flask 学习笔记 {number}",
            tags=("学习", "flask"),
            categories=(life,),
            published=number % 3 > 0,
        )
    with runtime.database.writing() as session:
        register_client(
            name="Export",
            type="service",
            contact="",
            secret=None,
            scopes=["posts:read"],
            work=work_of(session),
        )
        session.commit()
    return runtime


def test_selection_is_counted_and_shown_before_anything_is_done(page, full):
    sign_in(page)
    page.goto("/page/?status=published&sort=title")
    assert not page.get_by_role("button", name="Move to trash").is_visible()
    page.get_by_label("Select all").check()
    expect(page.get_by_text("16 selected:")).to_be_visible()
    page.get_by_label("Select all").uncheck()
    page.get_by_label("Select Flask 学习笔记 1", exact=True).check()
    expect(page.get_by_text("1 selected:")).to_be_visible()
    page.get_by_role("button", name="Move to trash").click()
    expect(page.get_by_text("Move these to the trash?")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    assert read(full, 2).status == "published"

    page.get_by_label("Select Flask 学习笔记 1", exact=True).check()
    page.get_by_role("button", name="Move to trash").click()
    page.get_by_role("button", name="Move to trash (1)").click()
    expect(page.get_by_role("status")).to_contain_text("In the trash: Flask 学习笔记 1.")
    assert page.url.endswith("/page/?status=published&sort=title")
    assert read(full, 2).status == "trashed"


def test_menu_opens_and_closes_by_keyboard_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page)
    menu = page.get_by_role("navigation", name="Console")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="Tags").click()
    expect(page.get_by_role("heading", name="Tags")).to_be_visible()


def test_skip_link_comes_first_and_leads_to_the_content(page):
    sign_in(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_problem_is_announced_and_focused(page):
    sign_in(page)
    page.goto("/tags/new/")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Name")).to_have_accessible_description("Give a name.")
