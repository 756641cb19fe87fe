"""The moments at which what visitors saw changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, literal, select, true, union_all
from sqlalchemy.orm import Session, aliased

from shared.models import Post, Publication, Revision


@dataclass(frozen=True)
class Moment:
    """A version that came (`is_coming`) or went; `title` is that of the version."""

    at: datetime
    is_coming: bool
    post_id: int
    kind: str
    title: str


def list_moments(session: Session, *, until: datetime, most: int) -> list[Moment]:
    """Return what changed last, up to an instant, the newest first."""
    rows = session.execute(_newest_first(until, most)).all()
    return [Moment(*row) for row in rows]


def find_beside(
    session: Session, instant: datetime, *, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return the last moment of change before an instant, and the first after it."""
    before, after = [], []
    for column in (Publication.shown_from, Publication.shown_until):
        earlier = select(column).where(column < instant).order_by(column.desc()).limit(1)
        later = select(column).where(column > instant, column <= now).order_by(column).limit(1)
        before.append(session.scalar(earlier))
        after.append(session.scalar(later))
    return max(filter(None, before), default=None), min(filter(None, after), default=None)


def _is_followed() -> ColumnElement[bool]:
    """Tell of a version that went because another one of its post came: one change, told once."""
    other = aliased(Publication)
    return exists().where(
        other.post_id == Publication.post_id, other.shown_from == Publication.shown_until
    )


def _newest_first(until: datetime, most: int) -> Any:
    parts = []
    for column, is_coming in ((Publication.shown_from, True), (Publication.shown_until, False)):
        part = (
            select(column.label("at"), literal(is_coming), Post.id, Post.kind, Revision.title)
            .join(Post, Post.id == Publication.post_id)
            .join(Revision, Revision.id == Publication.revision_id)
            .where(column <= until, true() if is_coming else ~_is_followed())
            .order_by(column.desc(), Publication.id.desc())
            .limit(most)
        )
        parts.append(select(part.subquery()))
    both = union_all(*parts).subquery()
    return select(both).order_by(both.c.at.desc()).limit(most)
