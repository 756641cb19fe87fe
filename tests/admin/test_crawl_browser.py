"""Every page of the console in a real browser: accessible, silent, and in Chinese throughout."""

import re
import shutil
import threading
from collections.abc import Iterator
from wsgiref.types import WSGIApplication

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from frontend import create_app as create_site
from scripts.words import read
from shared.runtime import Runtime
from tests.admin.crawling import furnish, places
from tests.cast import PASSWORD
from tests.e2e.looking import Album, look_at
from tests.e2e.watching import Watch

pytestmark = pytest.mark.browser

# What is read of a page: its names for things, not what people wrote.
NAMED = (
    "nav a, button, summary, h1, h2, h3, legend, label, th, dt, caption, .hint, .badge, .button,"
    " .muted, .eyebrow, .crumb, .empty, option, .flash"
)
LABELS = ["title", "aria-label", "placeholder", "alt", "data-confirm", "data-label"]
COLLECT = """([named, labels]) => {
  const texts = [...document.querySelectorAll(named)].flatMap((element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data));
  const spoken = labels.flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)));
  return [document.title, ...texts, ...spoken].map((text) => text.trim().replace(/\\s+/g, " "));
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        program = shutil.which("chromium")
        browser = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def with_pictures(console: Flask, runtime: Runtime) -> WSGIApplication:
    """Let the site send the bytes of pictures, as it does beside the console."""
    site = create_site(runtime)

    def serve(environ, start_response):
        is_picture = re.match(r"/media/[0-9a-f]{2}/[0-9a-f]{32}/", environ["PATH_INFO"])
        return (site if is_picture else console)(environ, start_response)

    return serve


@pytest.fixture
def address(app: Flask, runtime) -> Iterator[str]:
    furnish(runtime)
    server = make_server("127.0.0.1", 0, with_pictures(app, runtime), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    with chromium.new_context(base_url=address, locale="en-GB") as opened:
        yield opened


def sign_in(page: Page, language: str) -> None:
    page.goto(f"/login/?language={language}")
    page.locator("[name=email]").fill("ann@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def test_every_page_is_accessible_and_silent_in_every_look(app, context, address):
    album, wrong = Album(), []
    watch = Watch(address)
    watch.observe(context)
    page = context.new_page()
    page.goto("/login/")
    wrong += look_at(page, "login", album)
    sign_in(page, "en")
    for place in places(app):
        with watch.expecting(*({place.status} - {200})):
            answer = page.goto(place.path)
        wrong += [] if answer.status == place.status else [f"{place.name}: {answer.status}"]
        with watch.paused():
            wrong += look_at(page, place.name, album)

    assert wrong == []
    assert watch.complaints == []


def test_no_page_has_english_left_in_chinese(app, context):
    english = words_of_the_code()
    page = context.new_page()
    sign_in(page, "zh-Hans")
    left = {}
    for place in places(app):
        page.goto(place.path)
        assert page.locator("html").get_attribute("lang") == "zh-Hans", place.name
        found = page.evaluate(COLLECT, [NAMED, LABELS])
        left[place.name] = sorted({text for text in found if text in english})

    assert {name: texts for name, texts in left.items() if texts} == {}


def words_of_the_code() -> set[str]:
    """Return the messages that read otherwise in Chinese, and have nothing filled in."""
    return {
        message.id
        for message in read("zh_Hans")
        if isinstance(message.id, str)
        and message.id != message.string
        and not re.search(r"[%{<]", message.id)
        and re.search("[A-Za-z]{2}", message.id)
    }
