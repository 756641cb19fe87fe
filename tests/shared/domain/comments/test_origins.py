from datetime import timedelta

from sqlalchemy import select

from shared.domain.comment_options import CommentOptions
from shared.domain.comments import Said, receive
from shared.domain.comments.origins import KEPT
from shared.jobs.handlers import HANDLERS, RECURRING
from shared.models import Comment
from shared.models.stamps import read_version
from tests.cast import NOON, make_post, work_of

OPEN = CommentOptions(comments_open=True, comments_moderation="none")
KIND = "comments.forget_origins"


def test_origins_of_old_comments_are_forgotten_and_no_page_is_touched(any_runtime, clock):
    database = any_runtime.database
    for days in (0, 1):
        with database.writing() as session:
            work = work_of(session, at=NOON + timedelta(days=days))
            receive(Said(name="Vi", body="Well.", origin="a"), make_post(work), OPEN, work=work)
            session.commit()
    clock.at = NOON + KEPT
    with database.reading() as session:
        before = read_version(session)
    HANDLERS[KIND](any_runtime, {})
    with database.reading() as session:
        origins = session.scalars(select(Comment.origin).order_by(Comment.id)).all()
        assert (origins, read_version(session)) == (["", "a"], before)


def test_that_is_owed_every_day():
    assert RECURRING[KIND] == timedelta(days=1)
