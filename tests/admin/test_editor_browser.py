"""The editor in a real browser: what is typed is kept, and nothing complains."""

import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from admin.editor.fields.tagging import join_tags, split_tags
from shared.content.markdown import render
from shared.runtime import Runtime
from tests.admin.content import add_category, read, write
from tests.admin.editor.test_tagging import LINES
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser
TEXT = "# 标题 🍜\n\n“𠮷野家”，\ttabs  \n\n- one\n\u3000- two\n"
EDITED = re.compile(r"/page/edit/\d+/")
COPIES = """async () => {
  const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const database = await ask(indexedDB.open("triptych-editor", 1));
  const copies = await ask(database.transaction("copies").objectStore("copies").getAll());
  return copies.map((copy) => JSON.stringify(copy.fields));
}"""
KEPT = f"async (words) => (await ({COPIES})()).some((copy) => copy.includes(words))"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    mounted = DispatcherMiddleware(
        lambda _, answer: answer("404 Not Found", []) or [], {"/admin": app}
    )
    server = make_server("127.0.0.1", 0, mounted, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/admin"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def said() -> list[str]:
    """What the browser complained about."""
    return []


@pytest.fixture
def context(chromium: Browser, address: str, said: list[str]) -> Iterator[BrowserContext]:
    """Ben's browser, signed in."""
    with chromium.new_context(locale="en-GB") as opened:
        opened.on("console", lambda message: said.append(message.text))
        opened.on("weberror", lambda error: said.append(str(error.error)))
        page = opened.new_page()
        page.goto(f"{address}/login/")
        page.get_by_label("E-mail").fill("ben@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        page.close()
        assert said == []  # nor does the sign-in page complain, on a host without passkeys
        yield opened


@pytest.fixture
def page(context: BrowserContext, said: list[str]) -> Iterator[Page]:
    """A page of Ben's; it leaves without asking, and a complaint of the browser fails the test."""
    opened = context.new_page()
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    assert said == []


def edit(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_role("toolbar")).to_be_visible()


def body(page: Page) -> str:
    return page.locator("textarea[name=body]").input_value()


def set_text(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


TABLE = "| Column | Column |\n| ------ | ------ |\n|        |        |\n"
FOCUSED = """() => {
  const { classList, dataset, ariaLabel } = document.activeElement;
  return classList.contains("cm-content") ? "text" : dataset.command ?? ariaLabel;
}"""
# The button of pictures opens the library, see tests/e2e/test_media.py.
COMMANDS = [
    ("bold", "word", "**word**"),
    ("italic", "字", "*字*"),
    ("heading", "word", "## word"),
    ("link", "word", "[word](https://)"),
    ("link", "https://x.org/", "[](https://x.org/)"),
    ("list", "one\ntwo", "- one\n- two"),
    ("tasks", "one", "- [ ] one"),
    ("quote", "one\n\ntwo", "> one\n\n> two"),
    ("code", "word", "`word`"),
    ("code", "a\nb", "```\na\nb\n```"),
    ("table", "word", f"word\n\n{TABLE}"),
    ("footnote", "word", "word[^1]\n\n[^1]: "),
]


def test_toolbar_changes_the_selected_text(page: Page, address: str) -> None:
    edit(page, f"{address}/page/new/")
    for command, before, after in COMMANDS:
        set_text(page, before)
        page.keyboard.press("Control+a")
        page.locator(f"[data-command={command}]").click()
        assert (command, body(page)) == (command, after)
        assert page.evaluate("document.activeElement.className").startswith("cm-content")


def test_toolbar_is_one_stop_and_arrows_move_in_it(page: Page, address: str) -> None:
    edit(page, f"{address}/page/new/")
    page.get_by_label("Address", exact=True).focus()
    focused = []
    for key in ("Tab", "ArrowRight", "End", "ArrowRight", "ArrowLeft", "Tab", "Shift+Tab"):
        page.keyboard.press(key)
        focused.append(page.evaluate(FOCUSED))
    assert focused == ["undo", "redo", "Keys", "undo", "Keys", "text", "Keys"]


def test_preview_follows_the_text_and_holds_on_to_the_page(page: Page, address: str) -> None:
    edit(page, f"{address}/page/new/")
    set_text(page, "**bold** <b onclick=alert(1)>b</b> [note](#fn_1)[^1]\n\n[^1]: down")
    page.keyboard.press("Control+Enter")
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("strong")).to_have_text("bold")
    preview.get_by_role("link", name="note", exact=True).click()
    assert page.url == f"{address}/page/new/"
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("stairs")
    expect(preview.locator(".footnotes")).to_contain_text("downstairs")
    page.keyboard.press("Control+Enter")
    expect(preview).to_be_hidden()


def test_address_is_suggested_until_it_is_written(
    runtime: Runtime, page: Page, address: str
) -> None:
    write(runtime, title="Spring")
    edit(page, f"{address}/page/new/")
    title, slug = page.get_by_label("Title", exact=True), page.get_by_label("Address", exact=True)
    title.fill("Spring")
    expect(slug).to_have_attribute("placeholder", "spring-2")
    assert slug.input_value() == ""
    slug.fill("mine")
    title.fill("Summer")
    page.wait_for_timeout(500)
    assert slug.input_value() == "mine"
    slug.fill("")
    expect(slug).to_have_attribute("placeholder", "summer")


def test_tags_are_chips_with_completion(runtime: Runtime, page: Page, address: str) -> None:
    write(runtime, tags=("Flask, the", "Python"))
    edit(page, f"{address}/page/new/")
    field, stored = page.get_by_role("combobox", name="Tags"), page.locator("[name=tags]")
    field.press_sequentially("实习，")
    field.press_sequentially("fla")
    expect(page.get_by_role("option", name="Flask, the")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    field.press_sequentially("实习")
    field.press("Enter")
    assert stored.input_value() == '实习, "Flask, the"'
    page.get_by_role("button", name="Remove 实习").click()
    assert stored.input_value() == '"Flask, the"'
    field.press("Backspace")
    assert stored.input_value() == ""
    page.get_by_label("Title", exact=True).fill("Tagged")
    field.press_sequentially("unfinished")
    field.press("Control+s")
    page.wait_for_url(EDITED)
    assert read(runtime, 2).saved.tags == ("unfinished",)


def test_press_that_ends_typed_tags_hits_what_was_below_it(
    runtime: Runtime, page: Page, address: str
) -> None:
    for name in ("News", "Notes"):
        add_category(runtime, name)
    edit(page, f"{address}/page/new/")
    page.get_by_role("combobox", name="Tags").fill("Flask, 部署, flask")
    news, notes = page.get_by_label("News", exact=True), page.get_by_label("Notes", exact=True)
    news.check()
    expect(page.locator(".tag-chips li")).to_have_text(["Flask×", "部署×"])
    places = [box.bounding_box() or {} for box in (news, notes)]
    assert places[0]["x"] == places[1]["x"]  # one below the other
    assert not notes.is_checked()


def ask(page: Page, address: str, module: str, code: str, given: Any) -> Any:
    """Run code with a module of the editor on a page of the console."""
    page.goto(f"{address}/profile/")
    call = f"async (given) => {{ const m = await import({json.dumps(module)}); return {code}; }}"
    return page.evaluate(call, given)


def test_script_reads_and_writes_tags_as_the_server_does(page: Page, address: str) -> None:
    module, names = "/admin/static/editor/tag-text.js", ["a, b", 'say "hi"', "实习", '"q', "plain"]
    split = ask(page, address, module, "given.map(m.splitTags)", [line for line, _ in LINES])
    joined = ask(page, address, module, "m.joinTags(given)", names)
    assert [tuple(found) for found in split] == [split_tags(line) for line, _ in LINES]
    assert joined == join_tags(names)


def test_script_counts_words_as_the_server_does(page: Page, address: str) -> None:
    texts = [
        "",
        "one two",
        "学习Flask第1天",
        "don't re-do",
        TEXT,
        "- [x] a\n\n[b](http://c.d/e)[^1]\n\n[^1]: n",
    ]
    texts += ["```py\ncode here\n```", "[x]: http://a.b/\n\nsee [x]", "カタカナ 한국어 <b>in</b>"]
    counted = ask(page, address, "/admin/static/editor/words.js", "given.map(m.countWords)", texts)
    assert counted == [render(text).words for text in texts]


def test_two_brackets_complete_a_link_that_is_warned_of(
    runtime: Runtime, page: Page, address: str
) -> None:
    write(runtime, title="学习 [Flask]")
    write(runtime, title="Not yet", published=False)
    edit(page, f"{address}/page/new/")
    page.locator(".cm-content").click()
    page.keyboard.type("See [[学")
    page.get_by_role("option", name="学习 [Flask]").wait_for()
    page.keyboard.press("Enter")
    assert body(page) == r"See [学习 \[Flask\]](post:1)"
    page.keyboard.type(" and [[not")
    expect(page.get_by_role("option", name="Not yet")).to_contain_text("Draft")
    page.get_by_role("option", name="Not yet").click()
    assert body(page) == r"See [学习 \[Flask\]](post:1) and [Not yet](post:2)"
    warning = "“Not yet” is a draft: until it is public, visitors see no link."
    expect(page.locator("[data-lost] li")).to_have_text([warning])
    page.keyboard.press("Enter")
    page.keyboard.type("```\n[[no")
    page.wait_for_timeout(400)
    expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)
