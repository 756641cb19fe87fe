"""The history of a post, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, defer

from shared.models import Post, Publication, Revision

PAGE = 50


@dataclass(frozen=True)
class History:
    """Some revisions, newest first; `older` is what to ask with for those before them.

    `changes` tells by number how many characters each has more than the one before it.
    """

    revisions: Sequence[Revision]
    older: int | None
    changes: Mapping[int, int]
    published: frozenset[int]


def list_history(
    session: Session, post: Post, *, kind: str = "", before: int | None = None
) -> History:
    """Return a page of the history, of the revisions of a kind below the number `before`."""
    wanted = select(Revision).where(Revision.post_id == post.id).options(defer(Revision.content))
    if kind:
        wanted = wanted.where(_of_kind(kind))
    if before is not None:
        wanted = wanted.where(Revision.number < before)
    rows = session.scalars(wanted.order_by(Revision.number.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return History(
        shown,
        rows[PAGE - 1].number if len(rows) > PAGE else None,
        _changes(session, post, shown),
        frozenset(
            session.scalars(
                select(Publication.revision_id).where(Publication.post_id == post.id).distinct()
            )
        ),
    )


def _of_kind(kind: str) -> ColumnElement[bool]:
    """Return the condition that a revision was published, has a name, or came to be in one way."""
    if kind == "published":
        return exists().where(Publication.revision_id == Revision.id)
    if kind == "named":
        return Revision.name != ""
    return Revision.origin.in_(("save", "create") if kind == "save" else (kind,))


def _changes(session: Session, post: Post, shown: Sequence[Revision]) -> dict[int, int]:
    """Return how many characters each has more than the one before it, by number."""
    if not shown:
        return {}
    sizes = session.execute(
        select(Revision.number, Revision.size)
        .where(Revision.post_id == post.id, Revision.number <= shown[0].number)
        .order_by(Revision.number)
    ).all()
    before = {after.number: earlier.size for earlier, after in pairwise(sizes)}
    return {item.number: item.size - before.get(item.number, 0) for item in shown}


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
