"""The preview: as the site renders, never unsafe, for writers only; and the suggested address."""

import pytest

from shared.content.markdown import render
from shared.runtime import Runtime
from tests.admin.content import count, write
from tests.admin.signing_in import Browser, Enter

JSON = {"Accept": "application/json"}
UNSAFE = """
<script>alert(1)</script> <img src=x onerror=alert(1)> <svg onload=alert(1)>
[x](javascript:alert(1)) ![x](data:text/html;base64,PHNjcmlwdD4=) <iframe srcdoc="<script>">
<style>*{display:none}</style> <a href="jAvAsCrIpT:alert(1)" onclick=alert(1)>y</a>
<form action="//evil.example"><input name=csrf_token></form> <base href="//evil.example">
"""


def preview(browser: Browser, body: str, **options: object) -> object:
    sent = {"csrf_token": browser.token(), "body": body}
    return browser.send("/page/preview/", sent, headers=JSON, **options).response.json


def test_preview_is_what_the_site_renders(ben: Browser) -> None:
    body = "# 标题\r\n\r\n**重点：**请注意 [^1]\r\n\r\n[^1]: 注"
    rendered = render(body.replace("\r\n", "\n"), source_lines=True)
    assert preview(ben, body) == {"html": rendered.html, "words": rendered.words}


def test_preview_below_a_prefix_links_below_it(ben: Browser) -> None:
    shown = preview(ben, "![a](/media/a.png)", environ_overrides={"triptych.root": "/x/y"})
    assert 'src="/x/y/media/a.png"' in shown["html"]


@pytest.mark.parametrize("line", [*UNSAFE.strip().splitlines(), UNSAFE])
def test_preview_holds_nothing_that_acts(ben: Browser, line: str) -> None:
    html = preview(ben, line)["html"].lower()
    tags = ("<script", "<svg", "<iframe", "<style", "<form", "<base", "<input name")
    attributes = (" onerror", " onload", " onclick", " srcdoc", '="javascript:', '="data:text')
    assert [part for part in tags + attributes if part in html] == []


def test_preview_without_script_is_a_page(ben: Browser) -> None:
    sent = {"csrf_token": ben.token(), "title": "<b>T</b>", "body": "**hi**"}
    html = ben.send("/page/preview/", sent).page.html
    assert ("<h1>&lt;b&gt;T&lt;/b&gt;</h1>" in html, "<strong>hi</strong>" in html) == (True, True)


def test_preview_stores_nothing(runtime: Runtime, ben: Browser) -> None:
    before = count(runtime)
    preview(ben, "words")
    assert count(runtime) == before


def test_preview_of_a_text_that_is_too_long_says_so(ben: Browser) -> None:
    sent = {"csrf_token": ben.token(), "body": "字" * 700_000}
    answer = ben.send("/page/preview/", sent, headers=JSON)
    assert (answer.status, "at most 2,000,000" in answer.page.text) == (422, True)


def test_preview_needs_a_token_and_someone_who_writes(as_: Enter, ben: Browser) -> None:
    dee = as_("Dee")
    refused = dee.send("/page/preview/", {"csrf_token": dee.token(), "body": "x"}).status
    assert (refused, ben.send("/page/preview/", {"body": "x"}).status) == (403, 400)


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("title=学习 Flask", "学习-flask"),
        ("title=Taken words", "taken-words-2"),
        ("title=Taken words&id=1", "taken-words"),
        ("title=Taken words&kind=page", "taken-words"),
        ("title=", "post"),
        ("title=…&kind=page", "page"),
    ],
)
def test_suggested_address_is_free(runtime: Runtime, ben: Browser, query: str, slug: str) -> None:
    write(runtime, title="Taken words")
    assert ben.get(f"/page/slug/?{query}").response.json == {"slug": slug}


def test_unknown_kind_is_refused(ben: Browser) -> None:
    assert [ben.get(f"/page/{view}/?kind=x").status for view in ("new", "slug")] == [400, 400]


def test_tags_are_completed_by_use_and_beginning(runtime: Runtime, ben: Browser) -> None:
    write(runtime, title="One", tags=("Flask", "学习Flask", "Python", "100%"))
    write(runtime, title="Two", tags=("学习Flask", "Flask-Login"))
    asked = {
        q: ben.get(f"/tags/complete/?q={q}").response.json["tags"] for q in ("fla", "学", "%25")
    }
    assert asked == {
        "fla": ["Flask", "Flask-Login", "学习Flask"],
        "学": ["学习Flask"],
        "%25": ["100%"],
    }
