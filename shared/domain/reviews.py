"""Reviews: somebody asks whether a draft may be published, somebody else answers."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from shared.content.lines import plain_lines
from shared.domain.errors import Conflict, Invalid
from shared.domain.permissions import ROLE_PERMISSIONS, Permission, may, permission_on
from shared.domain.posts.reviewing import Answered, find_waiting, settle, shown_number
from shared.domain.work import Actor, Work
from shared.models import DraftComment, Post, Review, User
from shared.saying import say

MOST: Final = 1_000
SHOWN: Final = 50
FEW: Final = 3


def may_ask(post: Post, actor: Actor) -> bool:
    """Tell whether someone may change a post and needs another to publish it."""
    mine = (actor.permissions, post, actor.user_id)
    return _allows("edit", *mine) and not _allows("publish", *mine)


def ask_review(post: Post, message: str = "", *, work: Work) -> Review:
    """Ask whether the working copy may be published; raises Conflict while it waits already."""
    work.require_on("edit", post)
    if post.trashed_at is not None:
        raise Conflict(say("This is in the trash. Restore it to edit it."))
    if find_waiting(work.session, post) is not None:
        raise Conflict(say("This waits for review already."))
    if post.live is not None and post.working is None:
        raise Conflict(say("There are no changes that could be reviewed."))
    review = Review(
        post_id=post.id,
        revision=shown_number(post),
        state="waiting",
        message=_checked("review_message", message),
        asked_by_id=work.actor.user_id,
        asked_by=work.actor.name,
        asked_at=work.at,
    )
    work.session.add(review)
    work.record("post.review_asked", post, post.title, revision=review.revision)
    return review


def withdraw_review(post: Post, *, work: Work) -> Review:
    """Take the question back."""
    work.require_on("edit", post)
    review = _get_waiting(post, work)
    settle(review, "withdrawn", work=work)
    work.record("post.review_withdrawn", post, post.title, review=review.id)
    return review


def return_review(post: Post, note: str, *, work: Work) -> Review:
    """Give the draft back to whoever asked, with a note on what is missing."""
    work.require_on("publish", post)
    review = _get_waiting(post, work)
    note = _checked("review_note", note)
    if not note:
        raise Invalid({"review_note": say("Say what is missing, for whoever wrote it.")})
    settle(review, "returned", note=note, work=work)
    work.record("post.review_returned", post, post.title, review=review.id)
    return review


def note_approval(review: Review, note: str, *, work: Work) -> None:
    """Say something with an approval, which publishing has written down."""
    if review.state == "approved" and (note := _checked("review_note", note)):
        review.note = note
        work.flush()


def list_reviews(session: Session, post: Post) -> Sequence[Review]:
    """Return the reviews of a post, the newest first."""
    newest = select(Review).where(Review.post_id == post.id).order_by(Review.id.desc())
    return session.scalars(newest.limit(SHOWN)).all()


_POST_ID: Final[BindParameter[int]] = bindparam("post_id")
_FEW: Final = (
    select(Review.id).where(Review.post_id == _POST_ID).order_by(Review.id.desc()).limit(FEW)
)
_EXCHANGE: Final = (
    select(Review, DraftComment)
    .select_from(Post)
    .outerjoin(Review, Review.id.in_(_FEW))
    .outerjoin(DraftComment, DraftComment.post_id == Post.id)
    .where(Post.id == _POST_ID)
    .order_by(DraftComment.id, Review.id.desc())
    .limit(FEW * MOST)
)


def read_exchange(session: Session, post: Post) -> tuple[Sequence[Review], Sequence[DraftComment]]:
    """Return the newest reviews of a post and the comments on it, in one query."""
    rows = session.execute(_EXCHANGE, {"post_id": post.id}).all()
    reviews = dict.fromkeys(review for review, _ in rows if review is not None)
    return list(reviews), list(dict.fromkeys(one for _, one in rows if one is not None))


def select_waiting(kind: str | None = None) -> Select[int]:
    """Select the ids of what waits for review and is not in the trash."""
    waiting = (
        select(Review.post_id)
        .join(Post, Post.id == Review.post_id)
        .where(Review.state == "waiting", Post.trashed_at.is_(None))
    )
    return waiting if kind is None else waiting.where(Post.kind == kind)


def select_returned(user_id: int | None) -> Select[int]:
    """Select the ids of drafts of a person whose last review was returned with a note."""
    newer = aliased(Review)
    later = select(newer.id).where(newer.post_id == Review.post_id, newer.id > Review.id)
    return (
        select(Review.post_id)
        .join(Post, Post.id == Review.post_id)
        .where(Review.asked_by_id == user_id, Review.state == "returned", ~later.exists())
        .where(Post.trashed_at.is_(None), Post.published_at.is_(None))
    )


def is_waiting() -> ColumnElement[bool]:
    """Return the condition that a post waits for review, to be asked of each row of a list."""
    return select(Review.id).where(Review.post_id == Post.id, Review.state == "waiting").exists()


def find_reviewers(session: Session, post: Post) -> list[User]:
    """Return the people who may publish a post and are not shut out, but for its author."""
    roles = _roles_with(permission_on(post.kind, "publish"))
    able = select(User).where(User.role.in_(roles), User.disabled_at.is_(None))
    return [user for user in session.scalars(able.order_by(User.id)) if user.id != post.author_id]


def _roles_with(permission: Permission) -> Iterable[str]:
    return [role for role, given in ROLE_PERMISSIONS.items() if permission in given]


def _allows(verb: str, given: frozenset[Permission], post: Post, user_id: int | None) -> bool:
    return may(given, verb, post, user_id=user_id)


def _get_waiting(post: Post, work: Work) -> Review:
    review = find_waiting(work.session, post)
    if review is None:
        raise Answered
    return review


def _checked(name: str, text: str) -> str:
    text = plain_lines(text).strip()
    if len(text) > MOST:
        raise Invalid({name: say("Give at most %(most)s characters.", most="1,000")})
    return text
