"""What those who moderate do with a comment: let it be seen or not, mend it, answer it."""

from typing import Final

from sqlalchemy.orm import Session

from shared.content.comments import render_comment
from shared.content.excerpt import excerpt
from shared.domain import remains
from shared.domain.comments.words import Said, find_errors
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.work import Work, check_version
from shared.models import Comment
from shared.saying import Saying, say

KIND: Final = Comment.__tablename__
SHOWN: Final = 80  # columns of the text in the trash
_ALREADY: Final[dict[str, Saying]] = {
    "approved": say("This is approved already."),
    "pending": say("This waits already."),
    "spam": say("This is marked as spam already."),
    "trashed": say("This is in the trash already."),
}


def get_comment(session: Session, comment_id: int) -> Comment:
    """Return a comment; raises NotFound."""
    found = session.get(Comment, comment_id)
    if found is None:
        raise NotFound(say("There is no such comment."))
    return found


def named(comment: Comment) -> str:
    """Return what the log calls a comment: no name of a visitor gets into it."""
    return f"#{comment.id}"


def approve_comment(comment: Comment, *, version: int | None = None, work: Work) -> None:
    """Let everybody see a comment."""
    _turn(comment, "approved", "comment.approved", version=version, work=work)


def hold_comment(comment: Comment, *, version: int | None = None, work: Work) -> None:
    """Take a comment off the page until someone approves it."""
    _turn(comment, "pending", "comment.held", version=version, work=work)


def mark_spam(comment: Comment, *, version: int | None = None, work: Work) -> None:
    """Say that a comment is spam."""
    _turn(comment, "spam", "comment.marked_spam", version=version, work=work)


def trash_comment(comment: Comment, *, version: int | None = None, work: Work) -> None:
    """Move a comment to the trash; what answers it keeps hanging on it."""
    before = comment.state
    _turn(comment, "trashed", "comment.trashed", version=version, work=work)
    remains.keep(
        KIND,
        comment.id,
        f"{named(comment)} {comment.name}".strip(),
        detail=excerpt(comment.body, limit=SHOWN),
        document={"state": before},
        work=work,
    )


def restore_comment(comment: Comment, *, version: int | None = None, work: Work) -> None:
    """Take a comment out of the trash, to where it was before."""
    work.require_on("moderate", comment.post)
    if comment.state != "trashed":
        raise Conflict(say("This is not in the trash."))
    check_version(comment, version, work=work)
    kept = remains.find(KIND, comment.id, work=work)
    comment.state = str(((kept.document if kept else None) or {}).get("state", "pending"))
    comment.updated_at = work.at
    remains.forget(KIND, comment.id, work=work)
    work.record("comment.restored", comment, named(comment))


def edit_comment(
    comment: Comment,
    *,
    name: str | None = None,
    body: str | None = None,
    email: str | None = None,
    version: int | None = None,
    work: Work,
) -> None:
    """Change what a comment says or who said it; None leaves a part as it is.

    Raises Invalid naming the field, and Conflict for what lies in the trash or was erased.
    """
    work.require_on("moderate", comment.post)
    _require_words(comment)
    said = Said(
        name=comment.name if name is None else name,
        email=comment.email if email is None else email,
        body=comment.body if body is None else body,
    ).cleaned()
    if errors := find_errors(said):
        raise Invalid(errors)
    check_version(comment, version, work=work)
    set_words(comment, said, work=work)
    work.record("comment.edited", comment, named(comment))


def set_words(comment: Comment, said: Said, *, work: Work) -> None:
    """Give a comment its words, and the HTML that they make."""
    comment.name, comment.email, comment.body = said.name, said.email, said.body
    comment.html, comment.updated_at = render_comment(said.body), work.at


def reply_to(comment: Comment, body: str, *, work: Work) -> Comment:
    """Answer a comment as who acts; what waits is approved by it, so that the answer has a place.

    Raises Conflict where there is nothing to answer, Invalid without a text.
    """
    work.require_on("moderate", comment.post)
    _require_words(comment)
    if comment.state == "spam" or work.actor.user_id is None:
        raise Conflict(say("This cannot be answered."))
    said = Said(name=work.actor.name[:80], body=body).cleaned()
    if errors := find_errors(said):
        raise Invalid(errors)
    if comment.state == "pending":
        approve_comment(comment, work=work)
    answer = Comment(
        post_id=comment.post_id,
        parent_id=comment.id,
        state="approved",
        origin="",
        user_id=work.actor.user_id,
        created_at=work.at,
        version=1,
    )
    set_words(answer, said, work=work)
    work.session.add(answer)
    work.flush()
    work.record("comment.replied", answer, named(answer), answers=comment.id)
    return answer


def _turn(
    comment: Comment, state: str, action: str, *, version: int | None = None, work: Work
) -> None:
    work.require_on("moderate", comment.post)
    if comment.state == state:
        raise Conflict(_ALREADY[state])
    if comment.state == "trashed":
        raise Conflict(say("Take this out of the trash first."))
    check_version(comment, version, work=work)
    comment.state, comment.updated_at = state, work.at
    work.record(action, comment, named(comment))


def _require_words(comment: Comment) -> None:
    if comment.is_removed:
        raise Conflict(say("What this said was removed for good."))
    if comment.state == "trashed":
        raise Conflict(say("Take this out of the trash first."))
