"""The history of a post, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from shared.models import Post, Revision

PAGE = 50


@dataclass(frozen=True)
class History:
    """Some revisions, newest first; `older` is what to ask with for those before them."""

    revisions: Sequence[Revision]
    older: int | None


def list_history(session: Session, post: Post, *, before: int | None = None) -> History:
    """Return a page of the history, of the revisions below the number `before`."""
    wanted = select(Revision).where(Revision.post_id == post.id).options(defer(Revision.content))
    if before is not None:
        wanted = wanted.where(Revision.number < before)
    rows = session.scalars(wanted.order_by(Revision.number.desc()).limit(PAGE + 1)).all()
    return History(rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else None)


def find_earlier(session: Session, revision: Revision) -> Revision | None:
    """Return the revision before this one, None for the first."""
    return session.scalar(
        select(Revision)
        .where(Revision.post_id == revision.post_id, Revision.number < revision.number)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def list_numbers(session: Session, post: Post) -> Sequence[int]:
    """Return the numbers of all revisions, newest first."""
    numbers = select(Revision.number).where(Revision.post_id == post.id)
    return session.scalars(numbers.order_by(Revision.number.desc())).all()
