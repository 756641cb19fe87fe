"""What is pasted from Word, Google Docs and web pages becomes Markdown, in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from shared.runtime import Runtime
from tests.admin.test_editor_browser import (  # noqa: F401 - fixtures
    address,
    body,
    chromium,
    context,
    edit,
    page,
    said,
    set_text,
)

pytestmark = pytest.mark.browser
CLIPBOARDS = Path(__file__).with_name("clipboards")
CONVERT = """async (htmls) => {
  const { toMarkdown } = await import(document.querySelector("#editor").dataset.codemirror);
  return htmls.map(toMarkdown);
}"""
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const about = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", about);
  document.querySelector(".cm-content").dispatchEvent(event);
}"""
MONO = "font-family:Menlo,Consolas,monospace;white-space:pre"
PIECES = {
    "<p>plain <span style='color:red'>words</span></p>": "",
    "<p>x</p><style>b{}</style><script>bad()</script>": "",
    "<b style='font-weight:normal'><p>not bold</p></b>": "",
    "<p><b>重点</b>：<i>x</i></p>": "**重点**：*x*",
    "<p><span style='font-weight:600;font-style:italic'>both</span></p>": "***both***",
    f"<div style='{MONO}'><div>a = 1</div><div>  b</div></div>": "```\na = 1\n  b\n```",
    "<table><tr><td><p><b>framed</b></p></td></tr></table>": "**framed**",
    "<a href='javascript:alert(1)'>x</a> <a href='#top'>y</a> <b>z</b>": "x y **z**",
    "<img src='data:image/png;base64,AAAA' alt='x'><h3>T</h3>": "### T",
    "<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>": (
        "- a\n  1. b\n  2. c\n     - d\n- e"
    ),
}


def test_clipboards_become_markdown(runtime: Runtime, page: Page, address: str) -> None:  # noqa: F811 - the fixture above
    edit(page, f"{address}/page/new/")
    names = ("word", "docs", "web")
    htmls = [(CLIPBOARDS / f"{name}.html").read_text() for name in names]
    made = page.evaluate(CONVERT, htmls)
    expected = [(CLIPBOARDS / f"{name}.md").read_text().rstrip("\n") for name in names]
    assert dict(zip(names, made, strict=True)) == dict(zip(names, expected, strict=True))
    assert dict(zip(PIECES, page.evaluate(CONVERT, list(PIECES)), strict=True)) == PIECES


def test_paste_converts_once_undone_at_once_and_plain_stays_plain(
    runtime: Runtime,
    page: Page,  # noqa: F811 - the fixture above
    address: str,  # noqa: F811 - the fixture above
) -> None:
    def paste(*data: Any) -> str:
        page.evaluate(PASTE, list(data))
        return body(page)

    edit(page, f"{address}/page/new/")
    set_text(page, "See ")
    assert paste("<p>a <b>bold</b> word</p>", "a bold word") == "See a **bold** word"
    page.keyboard.press("Control+z")
    assert body(page) == "See "
    page.keyboard.press("Control+Shift+V")
    page.evaluate(PASTE, ["<p>a <b>bold</b> word</p>", "a bold word"])
    assert "**" not in body(page)
    set_text(page, "```\n")
    assert paste("<p>a <b>bold</b> word</p>", "a bold word") == "```\na bold word"
