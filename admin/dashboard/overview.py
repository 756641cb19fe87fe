"""What is under way and what happened last, in a handful of queries however much there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, literal, select, union_all
from sqlalchemy.orm import Session

from admin.dashboard.waiting import Waiting, list_waiting
from shared.domain.permissions import Permission
from shared.domain.work import Actor
from shared.models import AuditEvent, Post

FEW: Final = 6
SOME: Final = 10


@dataclass(frozen=True)
class Overview:
    """What is under way, what waits for the person, and what happened last.

    Drafts, with changes of public posts, and scheduled posts are rows of `what`, `id`, `title` and
    the instant `at` that matters.
    """

    drafts: Sequence[Row[Any]]
    scheduled: Sequence[Row[Any]]
    activity: Sequence[AuditEvent]
    waiting: Sequence[Waiting]
    has_posts: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet: the first steps are shown then."""
        return not (self.drafts or self.scheduled or self.has_posts)


def read_overview(session: Session, actor: Actor, now: datetime) -> Overview:
    """Read what the person may see of it: authors their own, editors everything."""
    rows = session.execute(_under_way(actor, now)).all()
    waiting, has_posts = list_waiting(session, actor, now)
    return Overview(
        drafts=_newest(row for row in rows if row.what != "scheduled"),
        scheduled=[row for row in rows if row.what == "scheduled"],
        activity=session.scalars(_activity(actor).limit(SOME)).all(),
        waiting=waiting,
        has_posts=has_posts,
    )


def _newest(rows: Iterable[Row[Any]]) -> Sequence[Row[Any]]:
    return sorted(rows, key=lambda row: row.at, reverse=True)[:FEW]


def _under_way(actor: Actor, now: datetime) -> Select[Any]:
    draft = _posts(actor, "draft", Post.updated_at).where(
        Post.published_at.is_(None), Post.trashed_at.is_(None)
    )
    changed = _posts(actor, "changed", Post.updated_at).where(
        Post.working_id.is_not(None), Post.published_at <= now, Post.trashed_at.is_(None)
    )
    later = _posts(actor, "scheduled", Post.published_at).where(Post.published_at > now)
    parts = (
        draft.order_by(Post.updated_at.desc()).limit(FEW).subquery(),
        changed.order_by(Post.updated_at.desc()).limit(FEW).subquery(),
        later.order_by(Post.published_at).limit(FEW).subquery(),
    )
    return select(union_all(*(select(part) for part in parts)).subquery())


def _posts(actor: Actor, what: str, at: Any) -> Select[Any]:
    columns = literal(what).label("what"), Post.id, Post.title, at.label("at")
    query = select(*columns).where(Post.kind == "post")
    if Permission.POSTS_READ in actor.permissions:
        return query
    return query.where(Post.author_id == actor.user_id)


def _activity(actor: Actor) -> Select[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    if Permission.AUDIT_READ in actor.permissions:
        return query
    return query.where(AuditEvent.actor_kind == actor.kind, AuditEvent.actor_id == actor.id)
