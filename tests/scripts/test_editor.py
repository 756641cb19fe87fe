"""The editor's bundle in a real browser, under the console's content security policy."""

import http.server
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

from scripts.vendor import EDITOR

POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-once'"
PAGE = """<!doctype html><html lang="en"><title>Editor</title>
<script type="module" src="/start.js"></script>
<div id="here"></div><button id="next">Next</button>"""
START = """import { createEditor } from "/editor.js";
window.told = [];
window.editor = createEditor({
  parent: document.getElementById("here"), doc: "# One\\n\\n```python\\nimport os\\n```\\n",
  onChange: (value) => told.push(value), nonce: "once", label: "Body", placeholder: "Write",
  shortcuts: { "Mod-b": (editor) => editor.wrap("**") }, phrases: { next: "下一个" },
});"""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {
            "/": ("text/html; charset=utf-8", PAGE.encode()),
            "/start.js": ("text/javascript; charset=utf-8", START.encode()),
            "/editor.js": ("text/javascript", (EDITOR / "editor.js").read_bytes()),
        }
        kind, body = answers.get(self.path, ("text/plain", b""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@pytest.fixture
def page(browser):
    """A page with the editor; whatever the browser complains about fails the test."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened, complaints = browser.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"http://127.0.0.1:{server.server_port}/")
    opened.wait_for_function("window.editor")
    yield opened
    opened.close()
    server.shutdown()
    server.server_close()
    assert complaints == []


def text_after(page, steps):
    return page.evaluate(f"(() => {{ {steps}; return editor.getValue() }})()")


def select(start, end):
    return f"editor.view.dispatch({{ selection: {{ anchor: {start}, head: {end} }} }})"


pytestmark = pytest.mark.browser


def test_the_text_field_has_a_name_spelling_and_a_language_of_code(page):
    field = page.get_by_role("textbox", name="Body")

    assert field.get_attribute("spellcheck") == "true"
    assert page.locator(".cm-line span", has_text="import").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.cm-editor')).display") == "flex"


def test_wrapping_twice_is_no_change(page):
    once = text_after(page, f"editor.setValue('one two'); {select(4, 7)}; editor.wrap('**')")
    twice = text_after(page, "editor.wrap('**')")

    assert (once, twice) == ("one **two**", "one two")


@pytest.mark.parametrize(
    ("prefix", "before", "once", "twice"),
    [
        ("- ", "a\n\nb", "- a\n\n- b", "a\n\nb"),
        ("1. ", "a\nb\nc", "1. a\n2. b\n3. c", "a\nb\nc"),
        ("## ", "# a\nb", "## a\n## b", "a\nb"),
        ("> ", "> a\nb", "> > a\n> b", "> a\nb"),
    ],
)
def test_prefixing_lines_twice_takes_the_prefix_away(page, prefix, before, once, twice):
    page.evaluate("text => editor.setValue(text)", before)
    page.evaluate(select(0, len(before)))
    step = f"editor.prefixLines({prefix!r})"

    assert (text_after(page, step), text_after(page, step)) == (once, twice)


def test_typing_is_told_and_can_be_undone(page):
    page.evaluate("editor.setValue('')")
    page.get_by_role("textbox").click()
    page.keyboard.insert_text("你好")
    page.keyboard.press("Control+b")
    written = page.evaluate("editor.getValue()")
    for _ in range(2):
        page.keyboard.press("Control+z")

    assert written == "你好****"
    assert page.evaluate("told")[:2] == ["你好", "你好****"]
    assert page.evaluate("editor.getValue()") == ""


def test_tab_moves_on_and_the_search_panel_speaks_the_pages_language(page):
    page.get_by_role("textbox").click()
    page.keyboard.press("Control+f")
    next_button = page.locator(".cm-search button[name=next]").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("textbox").focus()
    page.keyboard.press("Tab")

    assert next_button == "下一个"
    assert page.evaluate("document.activeElement.id") == "next"
