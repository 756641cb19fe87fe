from datetime import timedelta

import feedparser
import pytest
from defusedxml.ElementTree import fromstring

from tests.cast import NOON

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/feed.xml", "/rss.xml", "/feed.json")


@pytest.fixture
def posts(write, people, settle):
    settle(title="The Hinge", tagline="On doors", language="zh-Hans", timezone="Asia/Shanghai")
    write(
        title="Doors & <panels>",
        slug="doors",
        body="See [the other](/page/other/) and ![it](/media/a.png) and [below](#x).",
        tags=("Oak",),
        categories=("Crafts",),
        author_id=people.cy.id,
        language="en",
    )
    write(title="门", slug="门", body="木头。", at=NOON - timedelta(days=1))


def test_atom_holds_whole_posts_with_whole_addresses(client, posts):
    answer = client.get("/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    root = fromstring(answer.data)
    assert root.findtext(f"{ATOM}id") == "http://localhost/feed.xml"
    assert root.findtext(f"{ATOM}updated") == "2026-03-01T20:00:00+08:00"
    first, second = root.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Doors & <panels>"
    assert first.findtext(f"{ATOM}id").startswith("tag:localhost,2026-03-01:post/")
    assert first.find(f"{ATOM}link").get("href") == "http://localhost/page/doors/"
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Cy"
    assert [item.get("term") for item in first.findall(f"{ATOM}category")] == ["Crafts", "Oak"]
    content = first.findtext(f"{ATOM}content")
    assert 'href="http://localhost/page/other/"' in content
    assert 'src="http://localhost/media/a.png"' in content
    assert 'href="http://localhost/page/doors/#x"' in content
    assert second.find(f"{ATOM}link").get("href") == "http://localhost/page/%E9%97%A8/"


def test_all_three_tell_the_same(client, posts):
    atom, rss = (feedparser.parse(client.get(path).data) for path in FEEDS[:2])
    document = client.get("/feed.json").json
    assert (atom.bozo, rss.bozo, atom.version, rss.version) == (False, False, "atom10", "rss20")
    told = [
        [(entry.id, entry.title, entry.link, entry.content[0].value) for entry in feed.entries]
        for feed in (atom, rss)
    ]
    in_json = [
        (item["id"], item["title"], item["url"], item["content_html"]) for item in document["items"]
    ]
    assert [row[:3] for row in told[0]] == [row[:3] for row in told[1]]
    assert [row[:3] for row in in_json] == [row[:3] for row in told[0]]
    assert [entry.published_parsed for entry in atom.entries] == [
        entry.published_parsed for entry in rss.entries
    ]


def test_json_feed_is_of_version_1_1(client, posts):
    answer = client.get("/feed.json")
    document = answer.json
    items = document.pop("items")
    assert answer.mimetype == "application/feed+json"
    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Hinge",
        "home_page_url": "http://localhost/",
        "feed_url": "http://localhost/feed.json",
        "description": "On doors",
        "language": "zh-Hans",
    }
    assert items[0]["authors"] == [{"name": "Cy"}]
    assert (items[0]["tags"], items[0]["language"]) == (["Crafts", "Oak"], "en")
    assert items[0]["date_published"] == "2026-03-01T20:00:00+08:00"


def test_an_id_outlives_a_new_slug(client, write, runtime, clock):
    from shared.domain.posts import get_post, publish, save_post
    from tests.cast import make_content, work_of

    post = write(slug="first")
    before = feedparser.parse(client.get("/feed.xml").data).entries[0]
    clock.forward(days=3)
    with runtime.database.writing() as session:
        work, again = work_of(session, at=clock()), get_post(session, post.id)
        save_post(again, make_content(slug="second"), version=None, work=work)
        publish(again, version=None, work=work)
        session.commit()
    after = feedparser.parse(client.get("/feed.xml").data).entries[0]
    assert (before.id, before.link, after.link) == (
        after.id,
        "http://localhost/page/first/",
        "http://localhost/page/second/",
    )
    assert after.updated == "2026-03-04T12:00:00+00:00"


def test_feeds_hold_the_newest_twenty(client, write):
    for number in range(22):
        write(title=f"Post {number}", at=NOON - timedelta(hours=number))
    titles = [item["title"] for item in client.get("/feed.json").json["items"]]
    assert titles == [f"Post {number}" for number in range(20)]


def test_feeds_survive_what_xml_cannot_hold(client, write):
    write(title="A\x01B", body="x \x0c y ]]> z \ufffe", slug="odd")
    atom, rss = (fromstring(client.get(path).data) for path in FEEDS[:2])
    assert atom.findtext(f"{ATOM}entry/{ATOM}title") == "A B"
    assert rss.findtext("channel/item/title") == "A B"
    assert "]]>" in atom.findtext(f"{ATOM}entry/{ATOM}content").replace("&gt;", ">")


def test_an_empty_feed_is_still_a_feed(client):
    atom, rss = (feedparser.parse(client.get(path).data) for path in FEEDS[:2])
    assert (atom.bozo, atom.entries, rss.bozo, rss.entries) == (False, [], False, [])
    assert client.get("/feed.json").json["items"] == []


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_are_conditional(client, posts, path):
    first = client.get(path)
    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data) == (304, b"")
