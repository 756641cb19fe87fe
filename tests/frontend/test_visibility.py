"""What visitors may not see is nowhere: on no page, in no list, feed, sitemap or search."""

from datetime import timedelta

import pytest

from frontend import create_app
from shared.domain.posts import get_post, schedule, trash, unpublish
from tests.cast import NOON, Cast, make_post, work_of
from tests.frontend.conftest import writer_of

PLACES = (
    "/",
    "/page/visible/",
    "/page/other/",
    "/list/",
    "/list/shared/",
    "/list/shared/feed.xml",
    "/category/crafts/",
    "/category/crafts/joinery/",
    "/category/crafts/feed.xml",
    "/author/cy/",
    "/archive/",
    "/archive/2026/",
    "/search/?q=wonder",
    "/search/?q=zzz",
    "/feed.xml",
    "/rss.xml",
    "/feed.json",
    "/sitemap.xml",
)
OWN = ("/page/marvel/", "/list/marvels/", "/list/marvels/feed.xml")
EVERYWHERE = {*PLACES, *OWN} - {"/page/visible/"}


@pytest.fixture
def runtime(any_runtime):
    """Both kinds of database, since visibility is decided by SQL."""
    return any_runtime


@pytest.fixture
def hidden(runtime, clock):
    """Two posts for everyone, and one that the test hides."""
    write = writer_of(runtime, clock)
    with runtime.database.reading() as session:
        cy = Cast.load(session).cy.id
    for slug, days in (("visible", 2), ("other", 1)):
        write(
            title=f"Plain {slug}",
            slug=slug,
            tags=("shared",),
            categories=("Crafts/Joinery",),
            author_id=cy,
            at=NOON - timedelta(days=days),
        )

    def make(*, published: bool = True, expires_at=None):
        return write(
            title="marvel",
            body="A wonder.",
            slug="marvel",
            tags=("shared", "marvels"),
            categories=("Crafts/Joinery",),
            author_id=cy,
            published=published,
            expires_at=expires_at,
            at=NOON - timedelta(hours=1),
        )

    return make


def seen(runtime) -> set[str]:
    """Return the places at which the word of the hidden post, or the post itself, is found."""
    client = create_app(runtime).test_client()
    found = {place for place in PLACES if "marvel" in client.get(place).text}
    return found | {place for place in OWN if client.get(place).status_code == 200}


def change(runtime, clock, verb, post, *values):
    with runtime.database.writing() as session:
        again = get_post(session, post.id)
        verb(again, *values, version=None, work=work_of(session, at=clock()))
        session.commit()


def test_a_published_post_is_everywhere(runtime, hidden):
    hidden()
    assert seen(runtime) == EVERYWHERE


def test_a_draft_is_nowhere(runtime, hidden):
    hidden(published=False)
    assert seen(runtime) == set()


def test_a_trashed_post_is_nowhere(runtime, hidden, clock):
    change(runtime, clock, trash, hidden())
    assert seen(runtime) == set()


def test_an_unpublished_post_is_nowhere(runtime, hidden, clock):
    change(runtime, clock, unpublish, hidden())
    assert seen(runtime) == set()


def test_a_scheduled_post_appears_on_the_instant(runtime, hidden, clock):
    change(runtime, clock, schedule, hidden(published=False), NOON + timedelta(hours=1))
    assert seen(runtime) == set()
    clock.forward(minutes=59, seconds=59)
    assert seen(runtime) == set()
    clock.forward(seconds=1)
    assert seen(runtime) == EVERYWHERE


def test_an_expired_post_disappears_on_the_instant(runtime, hidden, clock):
    hidden(expires_at=NOON + timedelta(hours=1))
    clock.forward(minutes=59, seconds=59)
    assert seen(runtime) == EVERYWHERE
    clock.forward(seconds=1)
    assert seen(runtime) == set()


def test_a_page_follows_the_same_rule(runtime, clock):
    with runtime.database.writing() as session:
        work = work_of(session, at=clock())
        page = make_post(work, kind="page", slug="uses", title="Uses", published=False)
        schedule(page, NOON + timedelta(hours=1), version=None, work=work)
        session.commit()
    client = create_app(runtime).test_client()
    before = [client.get("/uses/").status_code, "Uses" in client.get("/").text]
    clock.forward(hours=1)
    after = [client.get("/uses/").status_code, "Uses" in client.get("/").text]
    assert (before, after) == ([404, False], [200, True])
