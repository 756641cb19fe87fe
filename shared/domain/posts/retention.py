"""How long revisions are kept: all for some days, then the last of each day, and some for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from shared.domain.permissions import Permission
from shared.domain.site import load_site
from shared.domain.work import Work
from shared.models import OpenEditor, Post, Publication, Revision, Undo

AT_ONCE = 500


@dataclass(frozen=True)
class Surplus:
    """Revisions of one post that would go: how many, how many characters, and how many stay."""

    post_id: int
    title: str
    ids: Sequence[int]
    size: int
    kept: int

    @property
    def count(self) -> int:
        """How many would go."""
        return len(self.ids)


def find_surplus(session: Session, now: datetime) -> Iterator[Surplus]:
    """Return what the settings of retention let go of, post by post."""
    site = load_site(session)
    until = now - timedelta(days=site.keep_revisions_days)
    needed = _needed_for_undo(session, now)
    posts = select(Revision.post_id, Post.title).join(Post, Post.id == Revision.post_id)
    for post_id, title in session.execute(
        posts.where(Revision.created_at < until).distinct().order_by(Revision.post_id)
    ).all():
        found = _surplus_of(session, post_id, title, until, needed)
        if found.ids:
            yield found


def prune(found: Surplus, *, work: Work) -> None:
    """Delete surplus revisions of a post for good."""
    work.require(Permission.SETTINGS_EDIT)
    post = work.session.get(Post, found.post_id)
    for at in range(0, len(found.ids), AT_ONCE):
        some = Revision.id.in_(found.ids[at : at + AT_ONCE])
        work.session.execute(delete(Revision).where(some))
    work.record("post.pruned", post or "post", found.title, revisions=len(found.ids))


def _surplus_of(
    session: Session, post_id: int, title: str, until: datetime, needed: frozenset[int]
) -> Surplus:
    zone = load_site(session).zone
    rows = session.execute(
        select(
            Revision.id,
            Revision.number,
            Revision.updated_at,
            Revision.size,
            _pinned().label("pinned"),
        )
        .where(Revision.post_id == post_id)
        .order_by(Revision.number)
    ).all()
    last_of_day = {row.updated_at.astimezone(zone).date(): row.id for row in rows}
    kept = set(last_of_day.values()) | needed | {rows[0].id, rows[-1].id}
    gone = [row for row in rows if row.updated_at < until and not row.pinned and row.id not in kept]
    size = sum(row.size for row in gone)
    return Surplus(post_id, title, [row.id for row in gone], size, len(rows) - len(gone))


def _pinned() -> ColumnElement[bool]:
    """Return the condition that a revision stays whatever its age: named, shown, begun from."""
    shown = exists().where(or_(Post.live_id == Revision.id, Post.working_id == Revision.id))
    published = exists().where(Publication.revision_id == Revision.id)
    begun = exists().where(
        OpenEditor.post_id == Revision.post_id, OpenEditor.begun == Revision.number
    )
    return or_(Revision.name != "", shown, published, begun)


def _needed_for_undo(session: Session, now: datetime) -> frozenset[int]:
    """Return the revisions that an open offer would go back to."""
    is_open = Undo.undone_at.is_(None), Undo.expires_at > now
    offers = session.scalars(select(Undo.steps).where(*is_open))
    backs = (step["back"] or {} for steps in offers for step in steps)
    pointers = (back.get(name) for back in backs for name in ("live_id", "working_id"))
    return frozenset(number for number in pointers if isinstance(number, int))


def count_revisions(session: Session) -> int:
    """Return how many revisions there are."""
    return session.scalar(select(func.count()).select_from(Revision)) or 0
