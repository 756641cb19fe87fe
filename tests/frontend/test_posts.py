from datetime import timedelta

import pytest

from tests.cast import NOON


def test_index_lists_newest_first(visit, write):
    for days in (3, 1, 2):
        write(title=f"Post {days} days old", at=NOON - timedelta(days=days))
    assert visit("/").titles == ["Post 1 days old", "Post 2 days old", "Post 3 days old"]


def test_index_without_posts_says_so(visit):
    page = visit("/")
    assert (page.titles, page.texts("p[@class='lede']")) == (
        [],
        ["Nothing has been published yet."],
    )


def test_index_shows_a_post_with_all_about_it(visit, write, people):
    write(
        title="On <Hinges>",
        body="They turn. " * 60,
        tags=("Doors", "工具"),
        categories=("Crafts/Joinery",),
        author_id=people.cy.id,
    )
    page = visit("/")
    (entry,) = page.all("article")
    assert page.texts("article/p/time") == ["1 March 2026"]
    assert page.one("article/p/time").get("datetime") == "2026-03-01T12:00:00+00:00"
    assert page.texts("article//h2") == ["On <Hinges>"]
    assert page.texts("article/div/p")[0].startswith("They turn. They turn.")
    assert page.links("article//a") == [
        "/page/on-hinges/",
        "/category/crafts/joinery/",
        "/list/doors/",
        "/list/%E5%B7%A5%E5%85%B7/",
    ]
    assert entry.get("lang") is None


def test_index_is_paged_without_counting(visit, write, settle):
    settle(posts_per_page=2)
    for number in range(5):
        write(title=f"Post {number}", at=NOON - timedelta(days=number))
    pages = [visit(path) for path in ("/", "/?page=2", "/?page=3")]
    assert [page.titles for page in pages] == [
        ["Post 0", "Post 1"],
        ["Post 2", "Post 3"],
        ["Post 4"],
    ]
    assert [page.rel("prev") for page in pages] == [[], ["/"], ["/?page=2"]]
    assert [page.rel("next") for page in pages] == [["/?page=2"], ["/?page=3"], []]
    assert [page.links("nav[@class='turn']/a") for page in pages] == [
        ["/?page=2"],
        ["/", "/?page=3"],
        ["/?page=2"],
    ]
    assert [page.rel("canonical") for page in pages] == [
        ["http://localhost/"],
        ["http://localhost/?page=2"],
        ["http://localhost/?page=3"],
    ]


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "1.5", "", "99999999", "２", "1&page=2x"])
def test_index_has_no_other_pages(visit, write, page):
    write()
    expected = 200 if page.startswith("1&") else 404
    assert visit(f"/?page={page}", expected).response.status_code == expected


def test_show_tells_everything_about_a_post(visit, write, people):
    write(title="Old one", at=NOON - timedelta(days=2))
    post = write(
        title="Middle",
        body="Nothing *happened*.\n\n" + "word " * 600,
        tags=("Quiet",),
        author_id=people.ann.id,
        at=NOON - timedelta(days=1),
    )
    write(title="New one")
    page = visit(f"/page/{post.slug}/")
    assert page.texts("h1") == ["Middle"]
    assert page.texts("p[@class='about']/*") == ["28 February 2026", "Ann", "2 min read"]
    assert page.one("p[@class='about']/a").get("href") == "/author/ann/"
    assert page.texts("div[@class='prose']/p/em") == ["happened"]
    assert page.links("article/footer//a") == ["/list/quiet/"]
    assert page.texts("nav[@class='neighbours']/a") == ["Before this Old one", "After this New one"]
    assert page.links("nav[@class='neighbours']/a") == ["/page/old-one/", "/page/new-one/"]


def test_show_describes_itself_to_machines(visit, write, people, settle):
    settle(title="The Hinge", language="en", timezone="Asia/Shanghai")
    write(
        title="Say “</script>”",
        slug="say",
        body="First. ![A door](https://example.org/door.png)",
        tags=("A&B",),
        author_id=people.ann.id,
    )
    page = visit("/page/say/?utm_source=x")
    address = "http://localhost/page/say/"
    assert page.texts("title") == ["Say “</script>” · The Hinge"]
    assert page.rel("canonical") == page.meta("og:url") == [address]
    assert page.meta("og:type") == ["article"]
    assert page.meta("og:image") == ["https://example.org/door.png"]
    assert page.meta("twitter:card") == ["summary_large_image"]
    assert page.meta("article:tag") == ["A&B"]
    assert page.meta("article:published_time") == ["2026-03-01T20:00:00+08:00"]
    posting, trail = page.data
    assert posting == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": "Say “</script>”",
        "description": posting["description"],
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": "2026-03-01T20:00:00+08:00",
        "dateModified": "2026-03-01T20:00:00+08:00",
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "The Hinge"},
        "wordCount": posting["wordCount"],
        "keywords": ["A&B"],
        "author": {"@type": "Person", "name": "Ann", "url": "http://localhost/author/ann/"},
        "image": "https://example.org/door.png",
    }
    assert [item["item"] for item in trail["itemListElement"]] == ["http://localhost/", address]


def test_show_sets_a_chinese_post_in_chinese(visit, write):
    write(title="flask学习", body="# 基本概念\n\n内容。", language="zh-Hans", tags=("实习",))
    page = visit("/page/flask学习/")
    assert page.one("article").get("lang") == "zh-Hans"
    assert page.texts("p[@class='about']/time") == ["2026年3月1日"]
    assert page.meta("og:locale") == ["zh_CN"]
    assert page.rel("canonical") == ["http://localhost/page/flask%E5%AD%A6%E4%B9%A0/"]
    assert page.links("article/footer//a") == ["/list/%E5%AE%9E%E4%B9%A0/"]


def test_show_has_one_h1_whatever_the_author_wrote(visit, write):
    write(title="Levels", slug="levels", body="# One\n\n## Two\n\n###### Six")
    page = visit("/page/levels/")
    assert page.texts("h1") == ["Levels"]
    assert (page.texts("h2"), page.texts("h3"), page.texts("h6")) == (["One"], ["Two"], ["Six"])


def test_show_outlines_a_long_post(visit, write):
    write(slug="long", body="## One\n\n### Inside `it`\n\n## 二\n\nText.")
    page = visit("/page/long/")
    assert page.links("details[@class='outline']//a") == ["#one", "#inside-it", "#二"]
    assert page.texts("details[@class='outline']//a") == ["One", "Inside it", "二"]
    anchors = {element.get("id") for element in page.all("*")}
    assert {"one", "inside-it", "二"} <= anchors


def test_show_leaves_the_authors_own_contents_alone(visit, write):
    write(slug="own", body="[TOC]\n\n## One\n\n## Two\n\n## Three")
    page = visit("/page/own/")
    assert (page.all("details"), len(page.all("nav[@class='toc']"))) == ([], 1)


def test_show_in_another_case_leads_to_the_slug(client, write):
    write(slug="flask学习")
    response = client.get("/page/Flask学习/?from=feed")
    assert (response.status_code, response.location) == (
        308,
        "/page/flask%E5%AD%A6%E4%B9%A0/?from=feed",
    )


def test_a_saved_working_copy_changes_nothing(client, runtime, clock, write):
    from shared.domain.posts import get_post, save_post
    from tests.cast import make_content, work_of

    post = write(slug="steady", tags=("a",))
    urls = ("/", "/page/steady/", "/feed.xml", "/rss.xml", "/feed.json", "/sitemap.xml")
    before = [client.get(url).data for url in urls]
    clock.forward(hours=1)
    with runtime.database.writing() as session:
        again = get_post(session, post.id)
        content = make_content(title="Changed", slug="changed", body="New.", tags=("b",))
        save_post(again, content, version=None, work=work_of(session, at=clock()))
        session.commit()
    assert [client.get(url).data for url in urls] == before
