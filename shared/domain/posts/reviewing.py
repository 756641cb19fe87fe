"""The review that a post waits for, as far as publishing settles it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.work import Work
from shared.models import Post, Review, Revision


def find_waiting(session: Session, post: Post) -> Review | None:
    """Return the review that a post waits for, or None."""
    waiting = select(Review).where(Review.post_id == post.id, Review.state == "waiting")
    return session.scalar(waiting)


def settle(review: Review, state: str, *, note: str = "", work: Work) -> None:
    """Write down how a review ended, and by whom."""
    review.state, review.note = state, note
    review.decided_by_id, review.decided_by = work.actor.user_id, work.actor.name
    review.decided_at = work.at


def approve_waiting(post: Post, *, work: Work) -> None:
    """Note that whoever publishes a post approves of it."""
    review = find_waiting(work.session, post)
    if review is None:
        return
    settle(review, "approved", work=work)
    work.record("post.review_approved", post, post.title, review=review.id)


def shown_number(post: Post) -> int:
    """Return the number of the version that whoever may read the draft sees."""
    shown: Revision | None = post.working or post.live
    return shown.number if shown else 0
