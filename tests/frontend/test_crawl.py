"""Every link leads somewhere, every page is valid, and below a prefix nothing leads outside."""

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from werkzeug.test import Client

from tests.frontend.page import Page

BODY = """
See [the other](/page/other/), [media](/media/a.png), ![a](/media/a.png) and ![b](/media/none.png).

## One

Text.[^1]

### Two

| a | b |
|---|---|
| 1 | 2 |

## Three

- [x] done

[^1]: Note.
"""
SKIPPED = ("/admin/", "/api/")


@pytest.fixture
def content(write, people, settings):
    (settings.instance / "media").mkdir()
    (settings.instance / "media" / "a.png").write_bytes(b"png")
    (settings.instance / "media" / "none.png").write_bytes(b"png")
    for slug in ("一", "other", *(f"post-{number}" for number in range(11))):
        write(
            title=f"Title {slug}",
            slug=slug,
            body=BODY,
            tags=("实习", "C++ & D"),
            categories=("Crafts/Joinery",),
            author_id=people.cy.id,
        )
    write(kind="page", slug="about", body="[home](/)")
    write(kind="page", slug="about/us", body="[up](/about/)")


def links_of(page: Page) -> set[str]:
    """Return every address in a page, whichever attribute holds it."""
    names = ("href", "src", "action", "poster")
    return {
        value
        for element in page.root.iter()
        for name in names
        if (value := element.get(name)) and not value.startswith(("#", "http"))
    }


def crawl(app, prefix: str) -> dict[str, int]:
    """Follow every link from the front page; return the status of each path."""
    client, seen, queue = Client(app), {}, [f"{prefix}/", f"{prefix}/about/us/"]
    environ = {"SCRIPT_NAME": prefix, "triptych.root": prefix}
    while queue:
        address = queue.pop()
        if address in seen:
            continue
        parts = urlsplit(address)
        assert parts.path.startswith(f"{prefix}/"), address
        path = unquote(parts.path.removeprefix(prefix))
        answer = client.get(
            path, query_string=parts.query, environ_overrides=environ, buffered=True
        )
        seen[address] = answer.status_code
        if answer.mimetype == "text/html" and answer.status_code == 200:
            page = Page(answer)
            assert (address, page.doubled_ids, len(page.all("h1"))) == (address, [], 1)
            queue += [urljoin(address, link) for link in links_of(page)]
    return seen


@pytest.mark.parametrize("prefix", ["", "/x/y"])
def test_no_link_is_broken_or_leads_outside(app, content, prefix):
    seen = crawl(app, prefix)
    assert {address: status for address, status in seen.items() if status != 200} == {}
    expected = {"/", "/?page=2", "/about/us/", "/page/other/", "/archive/2026/", "/media/a.png"}
    assert {prefix + path for path in expected} <= seen.keys()
    assert len(seen) > 40


def test_redirects_and_machines_stay_below_the_prefix(app, content):
    client = Client(app)
    environ = {"SCRIPT_NAME": "/x/y", "triptych.root": "/x/y"}
    slashless = client.get("/list", environ_overrides=environ)
    feed = client.get("/feed.json", environ_overrides=environ).json
    robots = client.get("/robots.txt", environ_overrides=environ).text
    assert slashless.location == "/x/y/list/"
    assert feed["items"][0]["url"].startswith("http://localhost/x/y/page/")
    assert 'src="http://localhost/x/y/media/a.png"' in feed["items"][0]["content_html"]
    assert "Disallow: /x/y/search/" in robots


def test_pages_fetch_nothing_from_elsewhere(app, content):
    client = Client(app)
    for path in ("/", "/page/other/", "/search/?q=title", "/nope/"):
        page = Page(client.get(path))
        fetched = [
            element.get("src") or element.get("href")
            for element in page.root.iter()
            if element.tag in {"script", "img"} or element.get("rel") in {"stylesheet", "icon"}
        ]
        assert [address for address in fetched if address and not address.startswith("/")] == []
        assert [script.text for script in page.all("script[@src]") if script.text] == []
        assert [element for element in page.root.iter() if element.get("style")] == []
