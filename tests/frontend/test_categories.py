from datetime import timedelta

import feedparser
import pytest

from tests.cast import NOON


@pytest.fixture
def tree(write):
    write(title="Dovetails", categories=("Crafts/Joinery",), at=NOON - timedelta(days=1))
    write(title="All of it", categories=("Crafts", "Crafts/Joinery"))
    write(title="纸", categories=("Crafts/纸艺",), at=NOON - timedelta(days=2))
    write(title="Near miss", categories=("Craftsmen",))


def test_show_lists_a_category_with_everything_below_once(visit, tree):
    page = visit("/category/crafts/")
    assert (page.texts("h1"), page.titles) == (["Crafts"], ["All of it", "Dovetails", "纸"])
    assert page.links("header[@class='heading']//a") == [
        "/list/",
        "/category/crafts/joinery/",
        "/category/crafts/%E7%BA%B8%E8%89%BA/",
    ]
    assert page.rel("alternate")[-1] == "/category/crafts/feed.xml"


def test_show_tells_the_way_back(visit, tree):
    page = visit("/category/crafts/joinery/")
    assert page.titles == ["All of it", "Dovetails"]
    assert page.links("nav[@class='trail']//a") == ["/list/", "/category/crafts/"]
    assert [item["item"] for item in page.data[0]["itemListElement"]] == [
        "http://localhost/",
        "http://localhost/category/crafts/",
        "http://localhost/category/crafts/joinery/",
    ]


def test_show_pages_through_the_merged_list(visit, tree, settle):
    settle(posts_per_page=2)
    pages = [visit("/category/crafts/"), visit("/category/crafts/?page=2")]
    assert [page.titles for page in pages] == [["All of it", "Dovetails"], ["纸"]]


def test_show_of_an_empty_category_says_so(visit, write):
    write(categories=("Empty",), published=False)
    assert visit("/category/empty/").texts("p[@class='lede']") == ["Nothing here yet."]


def test_show_in_another_case_leads_to_the_path(client, tree):
    answers = [client.get("/category/Crafts/Joinery/"), client.get("/category/Crafts/feed.xml")]
    assert [answer.location for answer in answers] == [
        "/category/crafts/joinery/",
        "/category/crafts/feed.xml",
    ]


@pytest.mark.parametrize("path", ["/category/none/", "/category/joinery/", "/category/craft/"])
def test_there_is_no_other_category(visit, tree, path):
    assert visit(path, 404).titles == []


def test_feed_holds_what_stands_below(client, tree):
    feed = feedparser.parse(client.get("/category/crafts/feed.xml").data)
    assert [entry.title for entry in feed.entries] == ["All of it", "Dovetails", "纸"]
