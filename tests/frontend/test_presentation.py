"""What posts show beside their text: covers, authors, other languages, words for engines."""

from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring

from shared.domain.posts import content_of, publish, save_post
from tests.cast import NOON, work_of

COVER = {"cover": "/media/a/b.png", "cover_alt": "A <door>", "cover_x": 22, "cover_y": 78}
ATOM = "{http://www.w3.org/2005/Atom}"


def test_cover_stands_in_the_post_in_lists_and_beside_links(visit, write):
    write(slug="a", body="![x](https://example.org/x.png)", **COVER)
    page = visit("/page/a/")
    shown = page.one("div[@class='cover']/img")
    assert (shown.get("src"), shown.get("alt")) == ("/media/a/b.png", "A <door>")
    assert (shown.get("data-x"), shown.get("data-y")) == ("2", "8")
    assert page.meta("og:image") == ["http://localhost/media/a/b.png"]
    assert page.data[0]["image"] == "http://localhost/media/a/b.png"
    listed = visit("/").one("article[@class='entry covered']//img")
    assert (listed.get("src"), listed.get("alt")) == ("/media/a/b.png", "")


def test_covers_stand_below_the_prefix(client, write):
    write(slug="a", **COVER)
    below = {"triptych.root": "/blog"}
    assert 'src="/blog/media/a/b.png"' in client.get("/page/a/", environ_base=below).text


def test_words_for_engines_and_other_sites_are_their_own(visit, write):
    write(
        slug="a",
        seo_title="For engines",
        seo_description="Found",
        social_title="For friends",
        social_description="Shared",
        social_image="https://example.org/s.png",
        canonical="https://example.org/first/",
        noindex=True,
    )
    page = visit("/page/a/")
    assert (page.texts("title"), page.texts("h1")) == (["For engines"], ["A quiet morning"])
    assert (page.meta("description"), page.meta("robots")) == (["Found"], ["noindex"])
    assert (page.meta("og:title"), page.meta("og:description")) == (["For friends"], ["Shared"])
    assert page.meta("og:image") == ["https://example.org/s.png"]
    assert page.rel("canonical") == page.meta("og:url") == ["https://example.org/first/"]


def test_what_engines_leave_out_is_not_in_the_sitemap(client, write):
    write(slug="a", noindex=True)
    write(slug="b", canonical="https://example.org/b/")
    write(slug="c", template="wide")
    found = [line for line in client.get("/sitemap.xml").text.split() if "/page/" in line]
    assert [line.partition("/page/")[2].partition("/")[0] for line in found] == ["c"]


def test_everyone_who_wrote_it_is_named_and_lists_it(client, visit, write, people):
    write(slug="a", author_id=people.cy.id, coauthors=(people.ben.id, people.ann.id))
    page = visit("/page/a/")
    assert page.texts("p[@class='about']/a") == ["Cy", "Ben", "Ann"]
    assert [person["name"] for person in page.data[0]["author"]] == ["Cy", "Ben", "Ann"]
    assert visit("/author/ann/").titles == visit("/author/cy/").titles == ["A quiet morning"]
    entry = fromstring(client.get("/feed.xml").data).find(f"{ATOM}entry")
    names = [person.findtext(f"{ATOM}name") for person in entry.findall(f"{ATOM}author")]
    assert names == ["Cy", "Ben", "Ann"]
    assert client.get("/rss.xml").text.count("<dc:creator>") == 3
    assert [one["name"] for one in client.get("/feed.json").json["items"][0]["authors"]] == names
    assert "http://localhost/author/ben/" in client.get("/sitemap.xml").text


@pytest.fixture
def link(runtime, clock):
    """Make a post a translation of another."""

    def link_(post, to):
        with runtime.database.writing() as session:
            work = work_of(session, at=clock())
            post = session.get(type(post), post.id)
            changed = content_of(post).as_document() | {"translation_of": to.id if to else None}
            save_post(post, type(content_of(post)).from_document(changed), version=None, work=work)
            publish(post, version=None, work=work)
            session.commit()

    return link_


def alternates(page):
    return {
        element.get("hreflang"): element.get("href").removeprefix("http://localhost")
        for element in page.all("link[@hreflang]")
    }


def test_translations_name_each_other(visit, write, link, settle):
    settle(language="zh-Hans")
    one = write(slug="a", language="en")
    two = write(slug="门", language="")
    assert alternates(visit("/page/a/")) == {}
    link(two, one)
    write(slug="tür", language="de", translation_of=one.id)
    expected = {
        "de": "/page/t%C3%BCr/",
        "en": "/page/a/",
        "x-default": "/page/%E9%97%A8/",
        "zh-Hans": "/page/%E9%97%A8/",
    }
    assert alternates(visit("/page/a/")) == alternates(visit("/page/门/")) == expected
    switch = visit("/page/门/").all("span[@class='translations']/a")
    assert [(a.get("hreflang"), a.get("lang"), a.text) for a in switch] == [
        ("de", "de", "Deutsch"),
        ("en", "en", "English"),
    ]
    link(two, None)
    assert set(alternates(visit("/page/a/"))) == {"de", "en", "x-default"}


def test_translation_appears_when_it_is_published(visit, write, clock):
    one = write(slug="a", language="en")
    hour = timedelta(hours=1)
    write(slug="b", language="de", translation_of=one.id, expires_at=NOON + hour)
    assert set(alternates(visit("/page/a/"))) == {"de", "en", "x-default"}
    clock.forward(hours=1)
    assert alternates(visit("/page/a/")) == {}


def test_templates_change_the_page(visit, write):
    write(slug="usual")
    write(slug="wide", template="wide")
    write(slug="undated", template="undated")
    seen = {
        slug: (
            visit(f"/page/{slug}/").one("article").get("class"),
            len(visit(f"/page/{slug}/").texts("p[@class='about']/time")),
        )
        for slug in ("usual", "wide", "undated")
    }
    assert seen == {"usual": ("post", 1), "wide": ("post wide", 1), "undated": ("post undated", 0)}


def test_pages_have_covers_and_translations_too(visit, write):
    one = write(kind="page", slug="about", language="en", **COVER)
    write(kind="page", slug="über", language="de", translation_of=one.id)
    page = visit("/about/")
    assert page.one("div[@class='cover']/img").get("src") == "/media/a/b.png"
    assert page.texts("span[@class='translations']/a") == ["Deutsch"]
