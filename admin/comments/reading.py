"""What the page of one comment shows: what it answers, its answers, and what was done to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, true
from sqlalchemy.orm import Session, joinedload

from admin.acting import actor, may
from admin.screens.comment_columns import on_own_posts
from shared.domain.errors import NotFound
from shared.domain.permissions import Permission
from shared.models import AuditEvent, Comment, Post
from shared.saying import say

ANSWERS: Final = 50
EVENTS: Final = 50
_POST: Final = joinedload(Comment.post).load_only(
    Post.title, Post.slug, Post.kind, Post.author_id, Post.published_at
)


@dataclass(frozen=True)
class Around:
    """What stands around a comment; `waiting` is the next one that waits."""

    parent: Comment | None
    answers: Sequence[Comment]
    events: Sequence[AuditEvent]
    waiting: int | None


def get_seen(session: Session, comment_id: int) -> Comment:
    """Return a comment that the person may moderate, with its post; raises NotFound."""
    mine = true() if may(Permission.COMMENTS_MODERATE) else on_own_posts(actor().user_id)
    found = select(Comment).where(Comment.id == comment_id, mine).options(_POST)
    comment = session.scalar(found)
    if comment is None:
        raise NotFound(say("There is no such comment."))
    return comment


def read_around(session: Session, comment: Comment) -> Around:
    """Read what the page of a comment shows besides it."""
    answers = select(Comment).where(Comment.parent_id == comment.id).order_by(Comment.id)
    events = select(AuditEvent).where(
        AuditEvent.object_kind == "comment", AuditEvent.object_id == comment.id
    )
    return Around(
        parent=session.get(Comment, comment.parent_id) if comment.parent_id else None,
        answers=session.scalars(answers.limit(ANSWERS)).all(),
        events=session.scalars(events.order_by(AuditEvent.id.desc()).limit(EVENTS)).all(),
        waiting=_next_waiting(session, comment),
    )


def _next_waiting(session: Session, comment: Comment) -> int | None:
    """Return the next comment that waits, the newest first as in the list, then from the top."""
    waiting = select(Comment.id).where(Comment.waiting_since.is_not(None), Comment.id != comment.id)
    if not may(Permission.COMMENTS_MODERATE):
        waiting = waiting.where(on_own_posts(actor().user_id))
    newest = waiting.order_by(Comment.waiting_since.desc(), Comment.id.desc()).limit(1)
    older = newest.where(Comment.waiting_since <= comment.created_at)
    return session.scalar(older) or session.scalar(newest)
