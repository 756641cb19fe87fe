from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring

from tests.cast import NOON

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(answer):
    root = fromstring(answer.data)
    return {element.findtext(f"{MAP}loc"): element.findtext(f"{MAP}lastmod") for element in root}


def test_sitemap_names_every_address(client, write, people):
    write(slug="门", tags=("Oak",), categories=("Crafts/Joinery",), author_id=people.cy.id)
    write(kind="page", slug="about/us", at=NOON - timedelta(days=1))
    write(slug="draft", tags=("secret",), author_id=people.ben.id, published=False)
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    assert places(answer) == {
        "http://localhost/": None,
        "http://localhost/list/": None,
        "http://localhost/archive/": None,
        "http://localhost/list/oak/": None,
        "http://localhost/category/crafts/": None,
        "http://localhost/category/crafts/joinery/": None,
        "http://localhost/author/cy/": None,
        "http://localhost/page/%E9%97%A8/": "2026-03-01T12:00:00+00:00",
        "http://localhost/about/us/": "2026-03-01T12:00:00+00:00",
    }


def test_every_address_of_the_sitemap_is_there(client, write, people):
    write(slug="a", tags=("Oak", "实习"), categories=("Crafts",), author_id=people.cy.id)
    write(kind="page", slug="about")
    listed = places(client.get("/sitemap.xml"))
    assert {address: client.get(address).status_code for address in listed} == dict.fromkeys(
        listed, 200
    )


def test_a_large_sitemap_comes_in_parts(client, write, monkeypatch):
    monkeypatch.setattr("frontend.sitemap.PART", 2)
    posts = [write(slug=f"post-{number}", published=number not in {2, 3}) for number in range(6)]
    assert [post.id for post in posts] == [1, 2, 3, 4, 5, 6]
    assert list(places(client.get("/sitemap.xml"))) == [
        "http://localhost/sitemap-0.xml",
        "http://localhost/sitemap-1.xml",
        "http://localhost/sitemap-3.xml",
    ]
    assert list(places(client.get("/sitemap-3.xml"))) == [
        "http://localhost/page/post-4/",
        "http://localhost/page/post-5/",
    ]
    assert "http://localhost/archive/" in places(client.get("/sitemap-0.xml"))


@pytest.mark.parametrize("number", ["2", "99"])
def test_an_empty_part_is_missing(visit, write, monkeypatch, number):
    monkeypatch.setattr("frontend.sitemap.PART", 1)
    write()
    write(published=False)
    assert visit(f"/sitemap-{number}.xml", 404).titles == []


def test_a_part_beyond_any_number_is_missing(visit):
    assert visit(f"/sitemap-{'9' * 30}.xml", 404).texts("h1") == ["There is nothing here"]


def test_a_sitemap_of_nothing_names_the_lists(client):
    assert list(places(client.get("/sitemap.xml"))) == [
        "http://localhost/",
        "http://localhost/list/",
        "http://localhost/archive/",
    ]


def test_robots_keeps_engines_out_of_what_is_not_for_them(client):
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        "Disallow: /search/",
        "",
        "Sitemap: http://localhost/sitemap.xml",
    ]
