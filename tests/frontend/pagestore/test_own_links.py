"""A page that links to another post is made anew when that one's address or standing changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.posts import content_of, get_post, publish, save_post, schedule, trash, unpublish
from tests.cast import NOON, make_post, work_of
from tests.queries import counted_queries


@pytest.fixture
def do(runtime, clock):
    """Let a verb happen to a post."""

    def do_(post_id, verb, **given):
        with runtime.database.writing() as session:
            work = work_of(session, at=clock())
            verb(get_post(session, post_id), version=None, **given, work=work)
            session.commit()

    return do_


@pytest.fixture
def move(do):
    """Give a post another slug."""

    def change(post, *, slug, version, work):
        content = replace(content_of(post), slug=slug)
        save_post(post, content, version=version, work=work)
        publish(post, version=None, work=work)

    return lambda post_id, slug: do(post_id, change, slug=slug)


def link_on(client, path="/page/from/"):
    """Return how the sentence with the link reads."""
    html = client.get(path).get_data(as_text=True)
    start = html.index("<p>See ") + 7
    return html[start : html.index("!", start)]


@pytest.fixture
def target(write):
    made = write(title="Target", slug="target")
    write(title="From", slug="from", body=f"See [it](post:{made.id})!")
    return made.id


def test_link_follows_the_slug(client, target, move):
    assert link_on(client) == '<a href="/page/target/">it</a>'
    move(target, "ziel-目标")
    assert link_on(client) == '<a href="/page/ziel-%E7%9B%AE%E6%A0%87/">it</a>'


def test_link_goes_and_comes_with_its_target(client, target, do):
    seen = []
    for verb in (unpublish, publish, trash):
        seen.append(link_on(client))
        do(target, verb)
    seen.append(link_on(client))
    linked = '<a href="/page/target/">it</a>'
    assert seen == [linked, "it", linked, "it"]


def test_link_appears_and_ends_with_time(client, clock, write, do, runtime):
    with runtime.database.writing() as session:
        later = make_post(work_of(session), title="Later", slug="later", published=False)
        schedule(later, NOON + timedelta(hours=1), version=None, work=work_of(session))
        later.expires_at = NOON + timedelta(hours=2)
        session.commit()
        number = later.id
    write(slug="from", body=f"See [it](post:{number})!")
    seen = [link_on(client)]
    for _ in range(2):
        clock.forward(hours=1)
        seen.append(link_on(client))
    assert seen == ["it", '<a href="/page/later/">it</a>', "it"]


def test_feeds_lead_to_the_whole_address_of_now(client, target, move):
    client.get("/feed.json")
    move(target, "moved")
    html = {item["title"]: item["content_html"] for item in client.get("/feed.json").json["items"]}
    assert html["From"] == '<p>See <a href="http://localhost/page/moved/">it</a>!</p>\n'


def test_links_take_one_query_more_however_many(client, runtime, write):
    ids = [write(title=f"T{number}", slug=f"t{number}").id for number in range(30)]
    write(slug="none")
    write(slug="many", body=" ".join(f"[x](post:{number})" for number in ids))
    client.get("/robots.txt")
    client.get("/page/none/")
    client.application.extensions["pages"].shelf.forget(None)
    counts = []
    for path in ("/page/none/", "/page/many/"):
        with counted_queries(runtime.database) as sent:
            client.get(path)
        counts.append(len(sent))
    assert counts[1] == counts[0] + 1 <= 8
