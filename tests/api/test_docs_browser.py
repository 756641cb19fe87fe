"""Swagger UI in a real browser, below a prefix: it obeys the policy and calls the API."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright

from shared.models import ApiClient
from tests.api.conftest import SECRET
from tests.api.serving import serving

PREFIX = "/x/y"
pytestmark = pytest.mark.browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The API's address behind a prefix, as the gate and the dispatcher give it."""

    def mounted(environ, start_response):
        path = environ["PATH_INFO"]
        environ["triptych.root"] = PREFIX
        environ["SCRIPT_NAME"] = f"{PREFIX}/api"
        environ["PATH_INFO"] = path.removeprefix(f"{PREFIX}/api")
        if not path.startswith(f"{PREFIX}/api/"):
            start_response("404 Not Found", [])
            return []
        return app(environ, start_response)

    with serving(mounted) as server:
        yield f"{server}{PREFIX}/api/"


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a headless Chromium, of a phone's width."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 390, "height": 800})
        browser.close()


def test_swagger_ui_shows_every_resource_without_violations(address: str, page: Page):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector(".opblock-tag")
    resources = page.locator(".opblock-tag").evaluate_all("all => all.map(e => e.dataset.tag)")
    assert resources == ["posts", "pages", "categories", "tags", "search", "users", "client"]
    page.locator("#operations-posts-posts_index").click()
    page.wait_for_selector(".parameters")
    assert said == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_try_it_out_calls_the_api_with_a_token(
    address: str, page: Page, make_client: Callable[..., ApiClient]
):
    client = make_client(["posts:read"])
    page.goto(address)
    page.locator(".btn.authorize").click()
    box = page.locator(".auth-container", has_text="clientCredentials")
    box.locator("input[type=text]").fill(client.client_id)
    box.locator("input[type=password]").fill(SECRET)
    box.locator(".btn.authorize").click()
    box.get_by_text("Authorized", exact=True).wait_for()
    page.locator(".btn-done").first.click()
    page.locator("#operations-users-users_me").click()
    page.locator(".try-out__btn").click()
    with page.expect_response("**/v1/users/me") as answered:
        page.locator(".execute").click()
    assert answered.value.json()["client"]["client_id"] == client.client_id
