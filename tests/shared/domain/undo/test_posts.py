"""What was done to posts is taken back exactly, or not at all."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from shared.domain.errors import Conflict, NotFound
from shared.domain.posts import (
    discard_changes,
    give_post,
    publish,
    restore,
    restore_revision,
    save_post,
    schedule,
    trash,
    unpublish,
)
from shared.domain.taxonomy import ensure_category
from shared.domain.undo import ChangedSince, list_offers, take_back
from shared.domain.work import Actor, Work
from shared.models import AuditEvent, Post, Undo
from tests.cast import NOON, Cast, make_content, make_post, work_of
from tests.shared.domain.undo.acts import act, later, picture

HOUR = timedelta(hours=1)
SOON = NOON + timedelta(minutes=5)
VERBS = {
    "trash": lambda post, work: trash(post, work=work),
    "unpublish": lambda post, work: unpublish(post, version=None, work=work),
    "publish": lambda post, work: publish(post, version=None, work=work),
    "discard": lambda post, work: discard_changes(post, version=None, work=work),
    "revision": lambda post, work: restore_revision(post, 1, version=None, work=work),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_was_done_to_a_public_post_with_changes_is_taken_back_exactly(
    work: Work, verb: str
) -> None:
    category = ensure_category(["Notes"], work=work)
    post = make_post(work, tags=("one", "two"), categories=(category.id,), at=NOON - HOUR)
    save_post(post, make_content(title="Newer", tags=("two",)), version=None, work=work)
    before = picture(work)
    offer = act(partial(VERBS[verb], work=work), [post], work=work)
    assert picture(work) != before
    take_back(offer.id, work=later(work, SOON))
    shown = picture(later(work, SOON))
    if verb == "publish":  # who met it at the new address is still led on
        assert shown.pop("redirects") == [("/page/newer/", post.id)]
        assert before.pop("redirects") == []
    assert shown == before


def test_undone_act_is_done_again_by_the_offer_that_it_leaves(work: Work) -> None:
    post = make_post(work, tags=("one",))
    offer = act(partial(VERBS["trash"], work=work), [post], work=work)
    after = picture(work)
    again = take_back(offer.id, work=later(work, SOON))
    assert again.takes_back == offer.id
    take_back(again.id, work=later(work, SOON))
    shown = picture(later(work, SOON))
    assert shown["posts"][0][0] == after["posts"][0][0] == "trashed"
    assert shown["tagged"] == after["tagged"]


def test_restored_and_scheduled_posts_go_back_to_trash_and_schedule(work: Work) -> None:
    trashed, waiting = make_post(work), make_post(work, published=False, slug="waiting")
    trash(trashed, work=work)
    schedule(waiting, NOON + HOUR, version=None, work=work)
    before = picture(work)
    restored = act(lambda post: restore(post, work=work), [trashed], work=work)
    taken = act(partial(VERBS["unpublish"], work=work), [waiting], work=work)
    take_back(restored.id, work=work)
    take_back(taken.id, work=work)
    assert picture(work) == before
    assert waiting.published_at == NOON + HOUR


def test_first_publication_taken_back_leaves_a_draft_that_was_never_public(work: Work) -> None:
    post = make_post(work, published=False)
    before = picture(work)
    offer = act(partial(VERBS["publish"], work=work), [post], work=work)
    assert post.first_published_at == NOON
    take_back(offer.id, work=later(work, SOON))
    assert picture(later(work, SOON)) == before


def test_given_post_goes_back_to_its_author(work: Work, cast: Cast) -> None:
    post = make_post(work_of(work.session, cast.cy))
    offer = act(
        lambda post: give_post(post, cast.ann.id, version=None, work=work), [post], work=work
    )
    take_back(offer.id, work=work)
    assert post.author_id == cast.cy.id


def test_taking_back_is_on_record_and_counts_the_version(work: Work) -> None:
    post = make_post(work)
    offer = act(partial(VERBS["trash"], work=work), [post], work=work)
    version = post.version
    take_back(offer.id, work=later(work, SOON))
    last = work.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.object_id, last.data) == (
        "post.undone",
        post.id,
        {"status": "published"},
    )
    assert post.version > version


def test_post_saved_since_is_named_with_who_and_when(work: Work, cast: Cast) -> None:
    post = make_post(work)
    offer = act(partial(VERBS["unpublish"], work=work), [post], work=work)
    ann = work_of(work.session, cast.ann, SOON)
    save_post(post, make_content(title="Ann’s"), version=None, work=ann)
    before = picture(work)
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))
    (change,) = caught.value.changes
    assert (change.id, change.by, change.at, change.action) == (post.id, "Ann", SOON, "post.saved")
    assert caught.value.left == 0
    assert picture(work) == before


def test_of_many_with_one_changed_nothing_is_put_back_until_the_rest_is_asked_for(
    work: Work, cast: Cast
) -> None:
    posts = [make_post(work, slug=f"post-{number}") for number in range(3)]
    offer = act(partial(VERBS["trash"], work=work), posts, work=work)
    restore(posts[1], work=work_of(work.session, cast.ann, SOON))
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))
    assert ([change.id for change in caught.value.changes], caught.value.left) == (
        [posts[1].id],
        2,
    )
    assert [post.status(SOON) for post in posts] == ["trashed", "draft", "trashed"]
    take_back(offer.id, rest=True, work=later(work, SOON))
    assert [post.status(SOON) for post in posts] == ["published", "draft", "published"]


def test_address_taken_meanwhile_stands_against_it(work: Work) -> None:
    post = make_post(work, slug="wanted")
    save_post(post, make_content(slug="moved"), version=None, work=work)
    offer = act(partial(VERBS["publish"], work=work), [post], work=work)
    make_post(work, slug="wanted")
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))
    assert [str(change.reason) for change in caught.value.changes] == [
        "Its address “wanted” has been taken since."
    ]


def test_offer_ends_after_half_an_hour_and_serves_once(work: Work) -> None:
    post = make_post(work)
    offer = act(partial(VERBS["trash"], work=work), [post], work=work)
    with pytest.raises(Conflict, match="half an hour"):
        take_back(offer.id, work=later(work, NOON + timedelta(minutes=30)))
    take_back(offer.id, work=later(work, NOON + timedelta(minutes=29)))
    with pytest.raises(Conflict, match="Ben has undone this already"):
        take_back(offer.id, work=later(work, NOON + timedelta(minutes=29)))


def test_only_who_did_it_and_owners_may_take_it_back(work: Work, cast: Cast) -> None:
    post = make_post(work)
    offer = act(partial(VERBS["trash"], work=work), [post], work=work)
    cy, ann = (work_of(work.session, who, SOON) for who in (cast.cy, cast.ann))
    with pytest.raises(NotFound):
        take_back(offer.id, work=cy)
    assert list_offers(work.session, cy.actor) == []
    assert [item.id for item in list_offers(work.session, ann.actor)] == [offer.id]
    take_back(offer.id, work=ann)
    assert post.status(SOON) == "published"


def test_permission_lost_meanwhile_is_asked_for_again(work: Work, cast: Cast) -> None:
    cy = work_of(work.session, cast.cy)
    post = make_post(cy)
    offer = act(partial(VERBS["trash"], work=cy), [post], work=cy)
    less = Actor(kind="user", name="Cy", id=cast.cy.id, user_id=cast.cy.id, permissions=frozenset())
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(cy, SOON, actor=less))
    assert "permission" in str(caught.value.changes[0].reason)
    assert post.status(SOON) == "trashed"


def test_offers_of_last_week_are_forgotten_when_another_is_made(work: Work) -> None:
    post = make_post(work)
    act(partial(VERBS["trash"], work=work), [post], work=work)
    after = later(work, NOON + timedelta(days=8))
    act(lambda post: restore(post, work=after), [post], work=after)
    assert len(work.session.scalars(select(Undo)).all()) == 1


def test_post_gone_for_good_stands_against_it(work: Work) -> None:
    post = make_post(work)
    offer = act(partial(VERBS["unpublish"], work=work), [post], work=work)
    work.session.execute(Post.__table__.delete().where(Post.id == post.id))
    work.session.expunge(post)
    with pytest.raises(ChangedSince) as caught:
        take_back(offer.id, work=later(work, SOON))
    assert [change.label for change in caught.value.changes] == ["A quiet morning"]
