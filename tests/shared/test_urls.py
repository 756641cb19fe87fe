"""The tables of URLs: pages end in a slash, reserved words are one list."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.urls import MOUNTS, RESERVED, ROUTES, SITE_SEGMENTS, path_to


def test_every_html_page_ends_in_a_slash() -> None:
    files = (
        "feed",
        "static",
        "media",
        "sitemap",
        "robots",
        "rss",
        "atom",
        "json",
        "setup",
        "<instant>",
    )
    pages = [rule for app in ("frontend", "admin") for rule in ROUTES[app].values()]
    assert [
        rule for rule in pages if not rule.endswith("/") and not any(x in rule for x in files)
    ] == []


def test_reserved_words_hold_every_mount_and_the_dispatchers_own() -> None:
    assert {path.strip("/") for path in MOUNTS.values() if path} <= RESERVED
    assert {"admin", "api", "static", "media", "healthz", "readyz"} == RESERVED


def test_first_segments_of_the_site_are_known() -> None:
    assert {"page", "list", "category", "author", "archive", "search", "feed.xml"} <= SITE_SEGMENTS


def test_path_to_fills_encodes_and_appends_the_query() -> None:
    assert path_to("frontend", "archive.year", year=2026) == "/archive/2026/"
    assert (
        path_to("frontend", "categories.show", path="新闻/a") == "/category/%E6%96%B0%E9%97%BB/a/"
    )
    assert path_to("frontend", "search.index", query={"q": "a b"}) == "/search/?q=a+b"
    assert path_to("admin", "tags.edit", id=3) == "/admin/tags/edit/3/"


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_parts_are_encoded_as_quote_does(text: str) -> None:
    plain = "!$&'()*+,;=:@~"
    assert path_to("frontend", "tags.show", slug=text) == f"/list/{quote(text, plain)}/"
    whole = path_to("frontend", "categories.show", path=text)
    assert whole == f"/category/{quote(text, plain + '/')}/"


def test_unknown_endpoint_and_missing_part_are_named() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        path_to("frontend", "nowhere")
    with pytest.raises(KeyError, match="slug"):
        path_to("frontend", "tags.show")
