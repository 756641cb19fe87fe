"""Comments: put back to the state that they were in, and after an edit to their words."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.comments.moderating import named, restore_comment, set_words, trash_comment
from shared.domain.comments.words import Said
from shared.domain.errors import Conflict
from shared.domain.undo.steps import Step, Whole
from shared.domain.work import Work, check_version
from shared.models import Comment
from shared.saying import say


class CommentKind(Whole):
    """Comments of visitors; one that was deleted for good does not come back."""

    name = Comment.__tablename__

    def remember(self, thing: Comment, session: Session) -> Step:
        """Return the state of a comment: of many at once, their texts would be too much."""
        session.flush()
        return Step(kind=self.name, id=thing.id, label=named(thing), back={"state": thing.state})

    def remember_words(self, thing: Comment, session: Session) -> Step:
        """Return the state of a comment and its words, before they are edited."""
        step = self.remember(thing, session)
        words = {"name": thing.name, "body": thing.body, "email": thing.email}
        return Step(kind=step.kind, id=step.id, label=step.label, back=(step.back or {}) | words)

    def forget(self, step: Step, session: Session) -> Step:
        """Return what the comment is like now."""
        comment = session.get(Comment, step.id)
        if comment is None:
            return Step(kind=self.name, id=step.id, label=step.label, back=None)
        has_words = step.back is not None and "body" in step.back
        return (self.remember_words if has_words else self.remember)(comment, session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the versions of comments."""
        ids = [step.id for step in steps]
        rows = session.execute(select(Comment.id, Comment.version).where(Comment.id.in_(ids)))
        return {row.id: row.version for row in rows}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Put a comment back to its state, and to its words where they are remembered."""
        comment, back = work.session.get(Comment, step.id), step.back
        if comment is None or back is None:
            raise Conflict(say("This was deleted for good."))
        work.require_on("moderate", comment.post)
        check_version(comment, step.mark, work=work)
        if "body" in back:
            said = Said(name=back["name"], email=back["email"], body=back["body"])
            set_words(comment, said, work=work)
        _set_state(comment, back["state"], work)
        work.record("comment.undone", comment, named(comment))


def _set_state(comment: Comment, state: str, work: Work) -> None:
    if comment.state == state:
        return
    if state == "trashed":
        trash_comment(comment, work=work)
        return
    if comment.state == "trashed":
        restore_comment(comment, work=work)
    comment.state, comment.updated_at = state, work.at
    remains.forget(comment.__tablename__, comment.id, work=work)
    work.flush()
