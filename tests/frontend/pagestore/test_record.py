"""Every view reads by the recorder; one that does not is noticed, named and never kept."""

import logging

import pytest
from sqlalchemy import select

from frontend import create_app
from shared.models import Post
from shared.models.reads import recorded
from shared.urls import FRONTEND
from shared.web import runtime as the_runtime
from shared.web import session
from tests.frontend.pagestore.property.asking import ask
from tests.frontend.pagestore.property.content import furnish

FILES = {"static", "media.show", "previews.show"}  # never kept
PLACES = {
    "posts.index": ("/", "/?page=2", "/?page=9"),
    "posts.show": ("/page/one/", "/page/four/", "/page/ONE/", "/page/one"),
    "pages.show": ("/about/", "/about/us/", "/old/", "/gone/", "/nope/"),
    "tags.index": ("/list/",),
    "tags.show": ("/list/oak/", "/list/Oak/", "/list/ash/", "/list/nope/"),
    "tags.feed": ("/list/oak/feed.xml", "/list/ash/feed.xml"),
    "categories.show": ("/category/crafts/", "/category/crafts/joinery/", "/category/nope/"),
    "categories.feed": ("/category/crafts/feed.xml",),
    "authors.show": ("/author/ann/", "/author/dee/", "/author/nope/"),
    "archive.index": ("/archive/", "/archive/?page=2"),
    "archive.year": ("/archive/2026/", "/archive/2001/"),
    "search.index": ("/search/", "/search/?q=quiet", "/search/?q=实习", "/search/?q=zebra"),
    "comments.show": ("/comments/1/", "/comments/5/"),
    "comments.page": ("/comments/1/page/1/", "/comments/1/page/2/"),
    "comments.find": ("/comments/1/2/", "/comments/1/3/"),
    "comments.waiting": ("/comments/1/waiting/",),
    "comments.feed": ("/comments/1/feed.xml", "/comments/8/feed.xml"),
    "feeds.atom": ("/feed.xml",),
    "feeds.rss": ("/rss.xml",),
    "feeds.json": ("/feed.json",),
    "seo.sitemap": ("/sitemap.xml",),
    "seo.sitemap_part": ("/sitemap-0.xml", "/sitemap-1.xml", "/sitemap-2.xml"),
    "seo.robots": ("/robots.txt",),
}


def read_plainly() -> str:
    return str(session().scalar(select(Post.title)))


def read_an_object() -> str:
    return str(session().get(Post, 1))


def read_a_relation_later() -> str:
    return str(session().scalars(select(Post)).all()[0].author)


def read_in_a_session_of_its_own() -> str:
    with the_runtime().database.reading() as own:
        return str(own.scalar(select(Post.title)))


def read_where_others_write() -> str:
    with the_runtime().database.writing() as own:
        return str(own.scalar(select(Post.title)))


ROGUES = (
    read_plainly,
    read_an_object,
    read_a_relation_later,
    read_in_a_session_of_its_own,
    read_where_others_write,
)


@pytest.fixture
def furnished(any_runtime):
    with any_runtime.database.writing() as own:
        furnish(own)
        own.commit()
    return any_runtime


def test_there_are_places_for_every_view():
    assert set(PLACES) == set(FRONTEND) - FILES


def test_no_view_reads_past_the_record(furnished):
    plain = create_app(furnished).extensions["pages"].app
    past, silent = {}, []
    for where in (where for places in PLACES.values() for where in places):
        with recorded() as reads:
            answer = ask(plain, where)
        assert answer.status[:3] in {"200", "301", "302", "308", "404", "410"}
        past[where] = reads.past
        silent += [where] if not reads.keys else []
    assert {where: sent for where, sent in past.items() if sent} == {}
    assert silent == []


def test_every_place_is_kept(furnished):
    store = create_app(furnished).extensions["pages"]
    places = [where for kind in PLACES.values() for where in kind]
    for _ in range(2):
        for where in places:
            ask(store, where)
    counted = store.counts.ways()
    assert (counted["made"], counted["hit"]) == (len(places), len(places))


@pytest.mark.parametrize("view", ROGUES)
def test_a_view_that_does_is_named_and_not_kept(furnished, caplog, view):
    app = create_app(furnished)
    app.add_url_rule("/rogue.txt", view_func=view)
    store = app.extensions["pages"]
    with caplog.at_level(logging.ERROR, "frontend.pagestore.rendering"):
        bodies = [ask(store, "/rogue.txt").body for _ in range(2)]
    assert bodies[0] not in {b"", b"None"}
    assert store.counts.ways()["made"] == 2
    assert [record.getMessage()[:41] for record in caplog.records] == [
        "/rogue.txt is not kept: past the record r"
    ] * 2
