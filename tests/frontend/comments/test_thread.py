"""What a page shows of comments."""

from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring

from frontend.comments import layout
from frontend.comments.forms import token_for
from shared.domain.comment_options import CommentOptions
from tests.cast import NOON
from tests.frontend.page import text_of
from tests.queries import counted_queries

ATOM = "{http://www.w3.org/2005/Atom}"


def test_post_shows_its_comments_and_the_form(visit, post, say):
    first = say(post.id, "Well *said*, [you](https://example.org/).")
    say(post.id, "Indeed.", name="Wu", parent_id=first)
    page = visit("/page/a/")
    assert page.texts("section[@id='comments']/h2") == ["2 comments"]
    assert page.texts("p[@class='about']/a[@href='#comments']") == ["2 comments"]
    assert [text_of(b) for b in page.all("b[@class='who']")] == ["Vi", "Wu"]
    time = page.one(f"article[@id='comment-{first}']/header/a/time")
    assert (time.get("datetime"), text_of(time)) == (
        "2026-03-01T12:00:00+00:00",
        "1 March 2026, 12:00",
    )
    (link,) = page.all(f"article[@id='comment-{first}']/div//a")
    assert link.get("rel") == "nofollow ugc noopener noreferrer"
    assert len(page.all("li/ol/li/article[@class='comment']")) == 1
    assert len(page.all("form[@class='say']")) == 3
    assert (page.data[0]["commentCount"], page.doubled_ids) == (2, [])


def test_only_what_is_approved_is_shown(visit, post, say):
    for state in ("pending", "spam", "trashed"):
        say(post.id, "Hidden", state=state)
    page = visit("/page/a/")
    assert (page.texts("section[@id='comments']/h2"), "Hidden" in page.text) == (
        ["Comments"],
        False,
    )


def test_author_of_the_post_is_marked_and_no_namesake(visit, write, opened, say, people):
    post = write(slug="a", author_id=people.cy.id)
    say(post.id, name="Cy", user_id=people.cy.id)
    say(post.id, name="Ben", user_id=people.ben.id)
    say(post.id, name="Cy")
    page = visit("/page/a/")
    assert page.texts("span[@class='mark']") == ["Author"]
    assert len(page.all("article[@class='comment by-author']")) == 1


@pytest.mark.parametrize(
    ("is_open", "choice", "kind", "is_shown"),
    [
        (False, "", "post", False),
        (True, "", "post", True),
        (True, "off", "post", False),
        (False, "closed", "page", True),
        (False, "on", "post", True),
        (True, "", "page", False),
        (False, "on", "page", True),
    ],
)
def test_site_and_post_decide(is_open, choice, kind, is_shown):
    assert CommentOptions(comments_open=is_open).are_shown(kind, choice) == is_shown


def test_pages_show_comments_where_they_say_so(visit, write, opened):
    for comments in ("on", ""):
        write(slug=f"a{comments}", kind="page", comments=comments)
    found = [len(visit(path).all("section[@id='comments']")) for path in ("/aon/", "/a/")]
    assert found == [1, 0]


def test_comments_close_and_stay_readable(visit, write, settle, say, clock):
    settle(comments_open=True, comments_close_days=7)
    post = write(slug="a")
    write(slug="b")
    say(post.id)
    assert "Comments close on 8 March 2026." in visit("/page/a/").text
    clock.forward(days=7)
    page = visit("/page/a/")
    assert (page.texts("section[@id='comments']/p"), page.all("form[@class='say']")) == (
        ["Comments are closed."],
        [],
    )
    assert visit("/page/b/").all("section[@id='comments']") == []


def test_what_was_erased_keeps_the_place_of_its_answers(client, visit, post, say, change):
    first = say(post.id, name="Vi", email="vi@example.org")
    say(post.id, name="Wu", parent_id=first)
    change(first, name="", email="", body="", html="")
    page = visit("/page/a/")
    assert page.texts("b[@class='who']") == ["Removed", "Wu"]
    assert len(page.all("details[@class='answer']")) == 1
    assert client.get(f"/comments/{post.id}/feed.xml").text.count("<entry>") == 1


def test_closed_post_shows_what_was_said(client, runtime, visit, write, say):
    post, silent = write(slug="a", comments="closed"), write(slug="b", comments="closed")
    say(post.id)
    page = visit("/page/a/")
    assert page.texts("section[@id='comments']/p") == ["Comments are closed."]
    assert page.all("form[@class='say']") == []
    assert visit("/page/b/").all("section[@id='comments']") == []
    form = {"name": "Vi", "body": "Late.", "token": token_for(runtime, silent.id)}
    assert client.post(f"/comments/{silent.id}/", data=form).status_code == 409


def test_many_comments_stand_on_pages(client, visit, post, say, monkeypatch):
    monkeypatch.setattr(layout, "FULL", 2)
    numbers = [say(post.id, f"No. {number}") for number in range(1, 6)]
    assert visit("/page/a/").texts("section//b") == ["Vi", "Vi"]
    second, last = f"/comments/{post.id}/page/2/", f"/comments/{post.id}/page/3/"
    page = visit(second)
    assert page.texts("section//nav/a") == ["Earlier comments", "Later comments"]
    assert page.links("section//nav/a") == ["/page/a/#comments", f"{last}#comments"]
    assert page.rel("canonical") == [f"http://localhost{second}"]
    assert page.texts("h1") == ["Comments on “On hinges”"]
    assert visit(last).texts("span[@class='number']") == ["Page 3 of 3"]
    assert client.get(f"/comments/{post.id}/page/4/").status_code == 404
    for number, place in ((numbers[0], "/page/a/"), (numbers[4], last)):
        found = client.get(f"/comments/{post.id}/{number}/")
        assert found.headers["Location"] == f"{place}#comment-{number}"
    moved = client.get(f"/comments/{post.id}/page/1/")
    assert moved.headers["Location"] == "/page/a/#comments"


def test_what_is_not_there_is_not_found(client, post, write, say):
    silent = write(slug="b", comments="off")
    number = say(silent.id)
    there = f"/comments/{post.id}"
    for path in (
        *(f"{there}/page/0/", f"{there}/page/2/", f"{there}/{number}/", "/comments/999/"),
        *("/comments/999/waiting/", f"/comments/{silent.id}/{number}/", "/comments/0/"),
        *(f"/comments/{silent.id}/waiting/", f"/comments/{silent.id}/feed.xml"),
        f"/comments/{10**30}/",
    ):
        assert (path, client.get(path).status_code) == (path, 404)


def test_feed_tells_the_newest_with_whole_addresses(client, visit, post, say, clock):
    say(post.id, "See [it](/page/b/).")
    clock.forward(hours=1)
    last = say(post.id, "Indeed.", name="Wu & Co")
    path = f"/comments/{post.id}/feed.xml"
    feed = fromstring(client.get(path).data)
    names = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    links = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    contents = [content.text for content in feed.iter(f"{ATOM}content")]
    assert names == ["Wu & Co", "Vi"]
    assert links[0] == f"http://localhost/comments/{post.id}/{last}/"
    assert 'href="http://localhost/page/b/"' in contents[1]
    assert path in visit("/page/a/").rel("alternate")


def test_chinese_site_says_it_in_chinese(visit, settle, write, say):
    settle(comments_open=True, language="zh-Hans")
    post = write(slug="a")
    say(post.id)
    page = visit("/page/a/")
    assert page.texts("section[@id='comments']/h2") == ["1 条评论"]
    assert page.texts("time")[-1] == "2026年3月1日 12:00"


def test_comments_stand_below_the_prefix(client, post, say):
    say(post.id, "[there](/page/b/)")
    html = client.get("/page/a/", environ_base={"triptych.root": "/blog"}).text
    assert f'action="/blog/comments/{post.id}/"' in html
    assert 'href="/blog/page/b/"' in html


def test_only_posts_with_comments_ask_for_them(client, runtime, write, settle, say):
    settle(comments_open=False)
    silent, open_ = write(slug="a"), write(slug="b", comments="on")
    for post in (silent, open_):
        say(post.id)
    client.get("/robots.txt")
    asked = {}
    for path in ("/page/a/", "/page/b/"):
        with counted_queries(runtime.database) as sent:
            client.get(path)
        asked[path] = sum("comment" in statement.partition("FROM")[2] for statement in sent)
    assert asked == {"/page/a/": 0, "/page/b/": 2}


def test_post_that_is_not_public_any_more_has_no_comments(client, write, opened, say, clock):
    post = write(slug="a", expires_at=NOON + timedelta(days=1))
    number = say(post.id)
    clock.forward(days=2)
    for path in (f"/comments/{post.id}/", f"/comments/{post.id}/{number}/"):
        assert client.get(path).status_code == 404
