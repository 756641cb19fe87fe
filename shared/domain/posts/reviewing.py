"""The review that a post waits for, as far as publishing settles it."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict
from shared.domain.work import Work
from shared.models import Post, Review, Revision
from shared.saying import say


class Answered(Conflict):
    """Somebody else answered a review first, or it was withdrawn."""

    def __init__(self) -> None:
        super().__init__(say("This does not wait for review any more."))


def find_waiting(session: Session, post: Post) -> Review | None:
    """Return the review that a post waits for, or None."""
    waiting = select(Review).where(Review.post_id == post.id, Review.state == "waiting")
    return session.scalar(waiting)


def settle(review: Review, state: str, *, note: str = "", work: Work) -> None:
    """Write down how a review ended, and by whom; of two who answer at once the second is told."""
    first = update(Review).where(Review.id == review.id, Review.state == "waiting")
    ended = first.values(
        state=state,
        note=note,
        decided_by_id=work.actor.user_id,
        decided_by=work.actor.name,
        decided_at=work.at,
    )
    work.flush()
    if work.session.execute(ended.returning(Review.id)).first() is None:
        raise Answered


def approve_waiting(post: Post, *, work: Work) -> None:
    """Note that whoever publishes a post approves of it."""
    review = find_waiting(work.session, post)
    if review is None:
        return
    settle(review, "approved", work=work)
    work.record("post.review_approved", post, post.title, review=review.id)


def wait_again(post: Post, *, work: Work) -> None:
    """Let a review wait again whose approval was the last that happened to a post."""
    newest = select(Review).where(Review.post_id == post.id).order_by(Review.id.desc()).limit(1)
    review = work.session.scalar(newest)
    if review is None or review.state != "approved" or review.decided_at != post.updated_at:
        return
    review.state, review.note, review.decided_at = "waiting", "", None
    review.decided_by_id, review.decided_by = None, ""
    work.record("post.review_reopened", post, post.title, review=review.id)


def shown_number(post: Post) -> int:
    """Return the number of the version that whoever may read the draft sees."""
    shown: Revision | None = post.working or post.live
    return shown.number if shown else 0
