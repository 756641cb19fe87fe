"""The end of a comment; what answers it stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.comments.moderating import KIND, named
from shared.domain.errors import Conflict
from shared.domain.permissions import Permission
from shared.domain.work import Work, check_version
from shared.models import Comment
from shared.saying import say

AT_ONCE: Final = 500
UNSEEN: Final = ("spam", "trashed")


def delete_comment(comment: Comment, *, version: int | None = None, work: Work) -> None:
    """Delete spam, or what lies in the trash, for good."""
    work.require_on("moderate", comment.post)
    if comment.state not in UNSEEN:
        raise Conflict(say("Move this to the trash first."))
    check_version(comment, version, work=work)
    work.record("comment.deleted", comment, named(comment))
    remove(comment, work=work)


def remove(comment: Comment, *, work: Work) -> None:
    """Take a row away; what answered it answers what it answered."""
    answers = update(Comment).where(Comment.parent_id == comment.id)
    work.session.execute(answers.values(parent_id=comment.parent_id))
    remains.forget(KIND, comment.id, work=work)
    work.session.delete(comment)
    work.flush()


def empty(comment: Comment, *, work: Work) -> None:
    """Take away what a comment said and by whom; its place stays for those who answered."""
    check_version(comment, None, work=work)
    comment.name = comment.email = comment.body = comment.html = comment.origin = ""
    comment.user_id, comment.updated_at = None, work.at
    work.flush()


def has_answers(comment: Comment, session: Session) -> bool:
    """Tell whether anything answers a comment."""
    answer = select(Comment.id).where(Comment.parent_id == comment.id)
    return session.scalar(answer.limit(1)) is not None


@dataclass(frozen=True)
class Surplus:
    """How many comments were spam, or in the trash, for longer than they are kept."""

    spam: int
    trashed: int

    @property
    def count(self) -> int:
        """Both together."""
        return self.spam + self.trashed


def count_surplus(session: Session, days: int, at: datetime) -> Surplus:
    """Count what would go; nothing where all is kept."""
    if not days:
        return Surplus(0, 0)
    counted = select(Comment.state, func.count()).where(_is_old(days, at)).group_by(Comment.state)
    found = {row[0]: row[1] for row in session.execute(counted)}
    return Surplus(found.get("spam", 0), found.get("trashed", 0))


def purge(days: int, *, work: Work, most: int = AT_ONCE) -> int:
    """Delete at most so many of what was spam or in the trash for so many days; return how many."""
    work.require(Permission.COMMENTS_MODERATE)
    rows = _find_old(work.session, days, work.at, most) if days else ()
    for comment in rows:
        remove(comment, work=work)
    if rows:
        work.record("comment.purged", KIND, f"{len(rows):,}", days=days)
    return len(rows)


def _find_old(session: Session, days: int, at: datetime, most: int) -> Sequence[Comment]:
    old = select(Comment).where(_is_old(days, at)).order_by(Comment.id.desc()).limit(most)
    return session.scalars(old).all()


def _is_old(days: int, at: datetime) -> ColumnElement[bool]:
    return and_(Comment.state.in_(UNSEEN), Comment.updated_at < at - timedelta(days=days))
