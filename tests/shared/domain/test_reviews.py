"""Reviews: a contributor asks, an editor publishes or returns with a note."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.posts import publish, save_post, schedule, trash
from shared.domain.posts.reviewing import Answered, find_waiting, settle
from shared.domain.reviews import (
    ask_review,
    find_reviewers,
    list_reviews,
    may_ask,
    note_approval,
    return_review,
    select_waiting,
    withdraw_review,
)
from shared.domain.work import Actor, Work
from shared.models import AuditEvent, Post
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_content, make_post, work_of


@pytest.fixture
def con(work: Work, cast: Cast) -> Work:
    """A unit of work of Con, who contributes."""
    return work_of(work.session, cast.con)


@pytest.fixture
def draft(con: Work) -> Post:
    """A draft of Con's."""
    return make_post(con, published=False)


def told(work: Work, post: Post) -> list[tuple[str, str, str, str, int]]:
    return [
        (one.state, one.message, one.note, one.decided_by, one.revision)
        for one in list_reviews(work.session, post)
    ]


def waiting(work: Work) -> list[int]:
    return list(work.session.scalars(select_waiting()))


def test_contributor_asks_is_returned_asks_again_and_is_approved(
    work: Work, con: Work, draft: Post
) -> None:
    ask_review(draft, "  Is it\r\nready? ", work=con)
    assert waiting(work) == [draft.id]
    return_review(draft, "Say where.", work=work)
    assert waiting(work) == []
    save_post(draft, make_content(body="In Delft."), version=None, work=con)
    ask_review(draft, work=con)
    publish(draft, version=None, work=work)
    assert told(work, draft) == [
        ("approved", "", "", "Ben", 2),
        ("returned", "Is it\nready?", "Say where.", "Ben", 1),
    ]
    actions = work.session.scalars(
        select(AuditEvent.action).where(AuditEvent.action.startswith("post.review"))
    )
    assert sorted(actions) == [
        "post.review_approved",
        "post.review_asked",
        "post.review_asked",
        "post.review_returned",
    ]


def test_scheduling_approves_too_and_a_word_may_go_along(
    work: Work, con: Work, draft: Post
) -> None:
    review = ask_review(draft, work=con)
    note_approval(review, "too early", work=work)
    schedule(draft, NOON + timedelta(days=1), version=None, work=work)
    note_approval(review, "Lovely", work=work)
    assert told(work, draft) == [("approved", "", "Lovely", "Ben", 1)]


def test_nobody_asks_twice_and_what_is_withdrawn_is_over(
    work: Work, con: Work, draft: Post
) -> None:
    ask_review(draft, work=con)
    with pytest.raises(Conflict, match="waits for review already"):
        ask_review(draft, work=con)
    withdraw_review(draft, work=con)
    assert (find_waiting(work.session, draft), told(work, draft)[0][0]) == (None, "withdrawn")
    with pytest.raises(Conflict, match="does not wait"):
        return_review(draft, "No", work=work)


def test_answer_needs_the_right_and_a_note(work: Work, con: Work, draft: Post, cast: Cast) -> None:
    ask_review(draft, work=con)
    with pytest.raises(Forbidden):
        return_review(draft, "No", work=con)
    with pytest.raises(Forbidden):
        ask_review(draft, work=work_of(work.session, cast.cy))
    with pytest.raises(Invalid) as refused:
        return_review(draft, " \n", work=work)
    assert list(refused.value.errors) == ["review_note"]
    with pytest.raises(Invalid):
        return_review(draft, "x" * 1001, work=work)


def test_what_is_in_the_trash_or_public_is_not_asked_about(
    work: Work, con: Work, draft: Post
) -> None:
    public = make_post(work, slug="public")
    with pytest.raises(Conflict, match="no changes"):
        ask_review(public, work=work)
    ask_review(draft, work=con)
    trash(draft, work=con)
    assert waiting(work) == []
    with pytest.raises(Conflict, match="trash"):
        ask_review(draft, work=con)


def test_of_two_who_answer_at_once_the_second_is_told(
    postgres_runtime: Runtime,
) -> None:
    database = postgres_runtime.database
    with database.writing() as session:
        con = work_of(session, Cast.load(session).con)
        post_id = make_post(con, published=False).id
        ask_review(session.get_one(Post, post_id), work=con)
        session.commit()
    with database.writing() as first, database.writing() as second:
        works = [work_of(one, Cast.load(one).ben) for one in (first, second)]
        seen = [find_waiting(one.session, one.session.get_one(Post, post_id)) for one in works]
        settle(seen[0], "approved", work=works[0])
        first.commit()
        with pytest.raises(Answered):
            settle(seen[1], "returned", note="No", work=works[1])


def test_reviewers_are_those_who_may_publish(work: Work, draft: Post, cast: Cast) -> None:
    assert [user.name for user in find_reviewers(work.session, draft)] == ["Ann", "Ben"]
    cast.ben.disabled_at = NOON
    assert [user.name for user in find_reviewers(work.session, draft)] == ["Ann"]


def test_only_who_may_not_publish_needs_to_ask(draft: Post, cast: Cast) -> None:
    people = (cast.con, cast.ben, cast.dee)
    assert [may_ask(draft, Actor.of_user(user)) for user in people] == [True, False, False]
