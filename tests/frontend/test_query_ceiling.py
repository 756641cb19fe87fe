"""No page asks the database more than eight times, and not more often when there is more."""

from datetime import timedelta

import pytest

from tests.cast import NOON
from tests.queries import counted_queries

CEILINGS = {
    "/": 4,
    "/?page=2": 4,
    "/page/post-3/": 6,
    "/about/": 5,
    "/list/": 4,
    "/list/oak/": 5,
    "/category/crafts/": 5,
    "/author/cy/": 5,
    "/archive/": 5,
    "/archive/2026/": 5,
    "/search/?q=quiet": 7,
    "/search/?q=zzz": 6,
    "/feed.xml": 4,
    "/rss.xml": 4,
    "/feed.json": 4,
    "/list/oak/feed.xml": 5,
    "/category/crafts/feed.xml": 5,
    "/sitemap.xml": 8,
    "/robots.txt": 2,
    "/nope/": 5,
}


@pytest.fixture
def fill(write, people, settle):
    settle(posts_per_page=5)
    write(kind="page", slug="about")

    def fill_(start: int, count: int) -> None:
        for number in range(start, start + count):
            write(
                title=f"A quiet post {number}",
                slug=f"post-{number}",
                tags=("oak", f"tag {number}"),
                categories=("Crafts", f"Crafts/Joinery {number % 3}"),
                author_id=people.cy.id,
                at=NOON - timedelta(days=number),
            )

    return fill_


def count(client, runtime) -> dict[str, int]:
    client.get("/robots.txt")  # asks what has changed: once for all pages
    client.application.extensions["pages"].shelf.forget(None)
    found = {}
    for path in CEILINGS:
        with counted_queries(runtime.database) as sent:
            client.get(path)
        found[path] = len(sent)
    return found


def test_pages_keep_to_their_ceilings(client, runtime, fill):
    fill(0, 7)
    few = count(client, runtime)
    fill(7, 15)
    many = count(client, runtime)
    assert {path: number for path, number in many.items() if number > CEILINGS[path]} == {}
    assert few == many
