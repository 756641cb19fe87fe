from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.comments import trash_comment
from shared.domain.comments.removing import count_surplus, purge
from shared.domain.errors import Forbidden
from shared.domain.posts import trash
from shared.domain.trash import list_trash, purge_trashed
from shared.models import AuditEvent, Comment, Trashed
from tests.cast import NOON, make_post, work_of
from tests.shared.domain.comments.said import comment_on

MONTH = timedelta(days=30)


def test_old_spam_and_trash_go(work, session, cast):
    post = make_post(work)
    for state in ("approved", "pending", "spam", "trashed"):
        comment_on(post, body=state, work=work, state=state)
    later = work_of(session, at=NOON + MONTH + timedelta(days=1))
    fresh = comment_on(post, body="fresh", work=later, state="spam")

    assert count_surplus(session, 30, later.at).count == 2
    assert count_surplus(session, 0, later.at).count == purge(0, work=later) == 0
    assert count_surplus(session, 32, later.at).count == 0
    with pytest.raises(Forbidden):
        purge(30, work=work_of(session, cast.cy, later.at))
    assert (purge(30, work=later, most=1), purge(30, work=later), purge(30, work=later)) == (
        1,
        1,
        0,
    )
    left = session.scalars(select(Comment.body).order_by(Comment.id)).all()
    assert left == ["approved", "pending", fresh.body]
    events = select(AuditEvent.object_label).where(AuditEvent.action == "comment.purged")
    assert session.scalars(events).all() == ["1", "1"]


def test_comments_go_with_their_post(work, session):
    post = make_post(work)
    trash_comment(comment_on(post, work=work), work=work)
    comment_on(post, body="Another.", work=work)
    trash(post, work=work)

    [item] = list_trash(session, work.actor, kind="post")
    purge_trashed(item, work=work)

    assert session.scalars(select(Comment)).all() == session.scalars(select(Trashed)).all() == []
