"""Publishing swaps at once, visibility is a question of time, the trash can be undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shared.domain.errors import Conflict, Forbidden, Invalid, Stale
from shared.domain.posts import (
    content_of,
    publish,
    restore,
    save_post,
    schedule,
    trash,
    unpublish,
)
from shared.domain.redirects import find_redirect
from shared.domain.work import Work
from shared.models import Post, PostTag, SearchEntry
from shared.models.reading import list_public
from tests.cast import NOON, Cast, make_content, make_post, work_of

HOUR = timedelta(hours=1)


def titles(work: Work, now: object = NOON) -> list[str]:
    return [item.title for item in list_public(work.session, now=now, limit=10)]


def test_publish_makes_the_working_copy_live_and_renders_it(work: Work) -> None:
    post = make_post(work, published=False, body="*Hello*, 世界")
    assert (titles(work), post.html) == ([], "")
    publish(post, version=1, work=work)
    assert titles(work) == ["A quiet morning"]
    assert post.html == "<p><em>Hello</em>, 世界</p>\n"
    assert (post.excerpt, post.working, post.published_at) == ("Hello, 世界", None, NOON)


def test_publish_again_swaps_and_keeps_the_date(work: Work, cast: Cast) -> None:
    post = make_post(work)
    later = work_of(work.session, cast.ben, NOON + HOUR)
    save_post(post, make_content(title="Other"), version=2, work=later)
    publish(post, version=3, work=later)
    assert (post.title, post.published_at, post.updated_at) == ("Other", NOON, NOON + HOUR)


def test_publish_with_a_past_date_is_dated_then(work: Work) -> None:
    assert make_post(work, at=NOON - HOUR).published_at == NOON - HOUR


def test_scheduled_post_appears_at_its_instant_without_any_job(work: Work) -> None:
    post = make_post(work, published=False)
    schedule(post, NOON + HOUR, version=1, work=work)
    assert post.status(NOON) == "scheduled"
    just_before = NOON + HOUR - timedelta(microseconds=1)
    assert (titles(work, just_before), titles(work, NOON + HOUR)) == ([], ["A quiet morning"])


def test_expired_post_is_no_longer_listed(work: Work) -> None:
    post = make_post(work)
    post.expires_at = NOON + HOUR
    work.flush()
    assert (titles(work), titles(work, NOON + HOUR)) == (["A quiet morning"], [])
    assert post.status(NOON + HOUR) == "expired"


def test_schedule_in_the_past_or_of_a_public_post_is_refused(work: Work) -> None:
    with pytest.raises(Invalid, match="future"):
        schedule(make_post(work, published=False), NOON, version=1, work=work)
    with pytest.raises(Conflict, match="public already"):
        schedule(make_post(work), NOON + HOUR, version=2, work=work)


@pytest.mark.parametrize("year", [1, 1899, 3000])
def test_publish_in_an_odd_year_is_refused(work: Work, year: int) -> None:
    post = make_post(work, published=False)
    verb = publish if year < NOON.year else schedule
    with pytest.raises(Invalid) as caught:
        verb(post, version=None, at=NOON.replace(year=year), work=work)
    assert caught.value.errors == {"publish_at": "Choose a year from 1900 to 2999."}


def test_unpublish_returns_to_a_draft_and_leaves_no_trace_in_lists(work: Work) -> None:
    post = make_post(work, tags=("one",))
    unpublish(post, version=2, work=work)
    assert (titles(work), post.status(NOON)) == ([], "draft")
    assert work.session.scalars(select(PostTag.listed_at)).all() == [None]
    assert work.session.scalars(select(SearchEntry)).all() == []
    assert content_of(post).title == "A quiet morning"


def test_unpublish_keeps_changes_that_were_not_public_yet(work: Work) -> None:
    post = make_post(work)
    save_post(post, make_content(title="Newer"), version=2, work=work)
    unpublish(post, version=3, work=work)
    assert (post.title, content_of(post).title) == ("Newer", "Newer")


def test_trash_hides_and_restore_brings_back_a_draft(work: Work) -> None:
    post = make_post(work)
    trash(post, work=work)
    assert (titles(work), post.status(NOON)) == ([], "trashed")
    with pytest.raises(Conflict):
        trash(post, work=work)
    with pytest.raises(Conflict, match="trash"):
        publish(post, version=None, work=work)
    restore(post, work=work)
    assert post.status(NOON) == "draft"
    publish(post, version=None, work=work)
    assert titles(work) == ["A quiet morning"]


def test_changed_slug_of_a_published_post_leaves_a_redirect(work: Work) -> None:
    post = make_post(work, slug="old")
    save_post(post, make_content(slug="new"), version=2, work=work)
    assert find_redirect(work.session, "/page/old/") is None
    publish(post, version=3, work=work)
    found = find_redirect(work.session, "/page/old/")
    assert found is not None
    assert (found.post_id, found.status) == (post.id, 301)


def test_slug_changed_while_unpublished_leaves_a_redirect_too(work: Work) -> None:
    post = make_post(work, slug="old")
    unpublish(post, version=2, work=work)
    save_post(post, make_content(slug="new"), version=3, work=work)
    found = find_redirect(work.session, "/page/old")
    assert found is not None
    assert found.post_id == post.id


def test_slug_changed_back_forgets_the_redirect_at_its_own_address(work: Work) -> None:
    post = make_post(work, slug="old")
    for slug in ("new", "old"):
        save_post(post, make_content(slug=slug), version=None, work=work)
        publish(post, version=None, work=work)
    assert find_redirect(work.session, "/page/old/") is None
    assert find_redirect(work.session, "/page/new/") is not None


def test_publish_with_a_slug_taken_meanwhile_names_the_field(work: Work) -> None:
    post = make_post(work, slug="mine")
    save_post(post, make_content(slug="wanted"), version=2, work=work)
    make_post(work, slug="wanted")
    with pytest.raises(Invalid) as caught:
        publish(post, version=3, work=work)
    assert caught.value.errors == {"slug": "“wanted” is taken by another post."}


def test_publish_of_a_stale_version_is_refused(work: Work) -> None:
    post = make_post(work, published=False)
    save_post(post, make_content(body="other"), version=1, work=work)
    with pytest.raises(Stale):
        publish(post, version=1, work=work)


def test_author_publishes_own_posts_and_contributor_none(work: Work, cast: Cast) -> None:
    cy, con = (work_of(work.session, who) for who in (cast.cy, cast.con))
    assert make_post(cy).status(NOON) == "published"
    with pytest.raises(Forbidden, match="posts:publish"):
        make_post(con)
    with pytest.raises(Forbidden, match="posts:publish"):
        publish(make_post(work, published=False), version=1, work=cy)


def test_database_itself_refuses_a_public_post_in_the_trash(work: Work) -> None:
    post = make_post(work)
    change = Post.__table__.update().where(Post.id == post.id).values(trashed_at=NOON)
    with pytest.raises(IntegrityError):
        work.session.execute(change)


def test_scheduled_post_leaves_the_redirect_at_its_address_until_it_is_public(work: Work) -> None:
    other = make_post(work, slug="wanted")
    save_post(other, make_content(slug="moved"), version=2, work=work)
    publish(other, version=3, work=work)
    post = make_post(work, slug="wanted", published=False)
    schedule(post, NOON + HOUR, version=1, work=work)
    assert find_redirect(work.session, "/page/wanted/") is not None
    publish(post, version=2, work=work)
    assert find_redirect(work.session, "/page/wanted/") is None


def test_publish_without_changes_moves_and_records_nothing(work: Work, cast: Cast) -> None:
    post = make_post(work)
    later = work_of(work.session, cast.ben, NOON + HOUR)
    publish(post, version=2, work=later)
    assert (post.version, post.updated_at) == (2, NOON)
    with pytest.raises(Forbidden):
        publish(post, version=2, work=work_of(work.session, cast.con))
