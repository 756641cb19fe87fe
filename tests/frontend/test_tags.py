from datetime import timedelta

import feedparser

from tests.cast import NOON


def test_index_lists_tags_and_roots_of_categories(visit, write):
    write(tags=("zebra", "Apple", "实习"), categories=("Crafts/Joinery", "Books"))
    page = visit("/list/")
    assert page.links("section[@class='topics']//a") == [
        "/category/books/",
        "/category/crafts/",
        "/list/apple/",
        "/list/zebra/",
        "/list/%E5%AE%9E%E4%B9%A0/",
    ]


def test_show_lists_the_posts_of_a_tag(visit, write):
    write(title="Other", tags=("other",))
    write(title="Second", tags=("实习",), at=NOON - timedelta(days=1))
    write(title="First", tags=("实习", "other"))
    page = visit("/list/实习/")
    assert (page.texts("h1"), page.titles) == (["实习"], ["First", "Second"])
    assert page.rel("alternate")[-1] == "/list/%E5%AE%9E%E4%B9%A0/feed.xml"
    assert [item["name"] for item in page.data[0]["itemListElement"]] == ["Home", "Topics", "实习"]


def test_show_is_paged(visit, write, settle):
    settle(posts_per_page=1)
    write(title="First", tags=("a",))
    write(title="Second", tags=("a",), at=NOON - timedelta(days=1))
    page = visit("/list/a/?page=2")
    assert (page.titles, page.rel("prev"), page.rel("next")) == (["Second"], ["/list/a/"], [])
    assert visit("/list/a/?page=3", 404).titles == []


def test_show_by_another_spelling_leads_to_the_slug(client, write):
    write(tags=("Machine Learning", "C++"))
    expected = {
        "/list/Machine Learning/": "/list/machine-learning/",
        "/list/MACHINE-LEARNING/": "/list/machine-learning/",
        "/list/C++/": "/list/c/",
        "/list/Machine-Learning/feed.xml": "/list/machine-learning/feed.xml",
    }
    found = {path: client.get(path) for path in expected}
    assert {path: answer.location for path, answer in found.items()} == expected
    assert {answer.status_code for answer in found.values()} == {308}


def test_a_tag_that_only_drafts_carry_is_not_there(visit, write):
    write(tags=("secret",), published=False)
    write(tags=("open",))
    assert visit("/list/").texts("section[@class='topics']//a") == ["open"]
    assert visit("/list/secret/", 404).titles == []
    assert visit("/list/secret/feed.xml", 404).texts("h1") == ["There is nothing here"]


def test_feed_holds_the_posts_of_its_tag(client, write):
    write(title="In", tags=("a",))
    write(title="Out", tags=("b",))
    feed = feedparser.parse(client.get("/list/a/feed.xml").data)
    assert [entry.title for entry in feed.entries] == ["In"]
    assert (feed.feed.title, feed.feed.link) == ("a · Triptych", "http://localhost/list/a/")
