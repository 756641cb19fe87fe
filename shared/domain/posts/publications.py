"""The record of what visitors could see: which version of a post, from when to when."""

from datetime import datetime

from sqlalchemy import or_, select

from shared.domain.work import Work
from shared.models import Post, Publication


def note_publication(post: Post, *, work: Work) -> None:
    """Write down what visitors see of a post from now on; what they never saw is not kept."""
    work.flush()
    now, kept = work.at, False
    still = or_(Publication.shown_until.is_(None), Publication.shown_until > now)
    for row in work.session.scalars(
        select(Publication).where(Publication.post_id == post.id, still)
    ).all():
        if row.revision_id == post.live_id and not kept and _goes_on(row, post, now):
            kept = True
            row.shown_until = post.expires_at
            if row.shown_from > now:
                row.shown_from, row.dated_at = _start(post, now), post.published_at
        elif row.shown_from >= now:
            work.session.delete(row)
        else:
            row.shown_until = now
    if post.live_id is not None and post.published_at is not None and not kept:
        work.session.add(
            Publication(
                post_id=post.id,
                revision_id=post.live_id,
                shown_from=_start(post, now),
                shown_until=post.expires_at,
                dated_at=post.published_at,
            )
        )
    work.flush()


def _goes_on(row: Publication, post: Post, now: datetime) -> bool:
    """Tell whether visitors see the same as before: what has begun keeps its date."""
    return row.shown_from > now or row.dated_at == post.published_at


def _start(post: Post, now: datetime) -> datetime:
    """Return from when on visitors see it: never before now, whatever its date says."""
    return max(post.published_at or now, now)
