"""What was done to comments is taken back, or refused by name."""

from datetime import timedelta
from functools import partial

import pytest

from shared.domain.comments import (
    approve_comment,
    delete_comment,
    edit_comment,
    mark_spam,
    restore_comment,
    trash_comment,
)
from shared.domain.errors import Forbidden
from shared.domain.trash import list_trash
from shared.domain.undo import ChangedSince, offer_undo, take_back
from shared.domain.undo.kinds import COMMENT
from shared.saying import say
from tests.cast import NOON, make_post, work_of
from tests.shared.domain.comments.said import comment_on
from tests.shared.domain.undo.acts import act, later

SOON = NOON + timedelta(minutes=5)


@pytest.mark.parametrize("verb", [mark_spam, approve_comment, trash_comment])
def test_many_comments_go_back_to_where_they_were(work, verb):
    post = make_post(work)
    made = [comment_on(post, body=f"{n}", work=work, state="pending") for n in range(3)]

    offer = act(partial(verb, work=work), made, work=work)
    again = take_back(offer.id, work=later(work, SOON))

    assert [comment.state for comment in made] == ["pending"] * 3
    assert list_trash(work.session, work.actor) == []
    take_back(again.id, work=later(work, SOON))
    assert {comment.state for comment in made} <= {"approved", "spam", "trashed"}


def test_restored_comment_goes_back_to_the_trash(work):
    comment = comment_on(make_post(work), work=work)
    trash_comment(comment, work=work)
    offer = act(partial(restore_comment, work=work), [comment], work=work)

    take_back(offer.id, work=later(work, SOON))

    assert comment.state == "trashed"
    [item] = list_trash(work.session, work.actor)
    assert item.document == {"state": "approved"}


def test_edit_is_taken_back_with_its_words(work):
    comment = comment_on(make_post(work), work=work)
    before = COMMENT.remember_words(comment, work.session)
    edit_comment(comment, name="Bo", body="Other.", work=work)
    offer = offer_undo(work, say("Edited: %(what)s", what="#1"), [before])

    again = take_back(offer.id, work=later(work, SOON))

    assert (comment.name, comment.body) == ("Vi", "Well *said*.")
    assert comment.html == "<p>Well <em>said</em>.</p>\n"
    take_back(again.id, work=later(work, SOON))
    assert (comment.name, comment.body) == ("Bo", "Other.")


def test_what_was_edited_since_stays_and_says_by_whom(work, session, cast):
    post = make_post(work)
    first, second = (comment_on(post, body=f"{n}", work=work) for n in range(2))
    offer = act(partial(mark_spam, work=work), [first, second], work=work)
    approve_comment(first, work=work_of(session, cast.ann, SOON))

    with pytest.raises(ChangedSince) as refused:
        take_back(offer.id, work=later(work, SOON))
    [change] = refused.value.changes
    assert (change.label, change.by, change.action) == ("#1", "Ann", "comment.approved")

    delete_comment(second, work=work)
    with pytest.raises(ChangedSince) as refused:
        take_back(offer.id, work=later(work, SOON))
    assert [change.action for change in refused.value.changes] == [
        "comment.approved",
        "comment.deleted",
    ]


def test_undo_asks_for_the_permission_again(work, session, cast):
    comment = comment_on(make_post(work, author_id=cast.cy.id), work=work)
    own = work_of(session, cast.cy)
    offer = act(partial(mark_spam, work=own), [comment], work=own)
    comment.post.author_id = cast.ben.id
    session.flush()

    with pytest.raises(ChangedSince) as refused:
        take_back(offer.id, work=later(own, SOON))
    assert refused.value.changes[0].reason == str(Forbidden("comments:moderate"))
