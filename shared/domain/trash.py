"""The trash of all kinds of content: what lies in it, bringing it back, and letting it go.

A new kind adds a line to `BINS`; its verb that deletes calls `remains.keep_row`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, and_, delete, false, or_, select
from sqlalchemy.orm import Session

from shared.domain import remains
from shared.domain.comments import delete_comment, get_comment, restore_comment
from shared.domain.errors import NotFound
from shared.domain.permissions import Permission, permission_on
from shared.domain.posts import get_post, restore
from shared.domain.undo import Step
from shared.domain.undo.kinds import CATEGORY, KINDS, REDIRECT, TAG
from shared.domain.undo.rows import RowKind
from shared.domain.work import Actor, Work
from shared.models import Comment, Post, Trashed
from shared.saying import say


class Bin(Protocol):
    """How one kind lies in the trash."""

    def shown_to(self, actor: Actor) -> ColumnElement[bool]:
        """Return the condition on the items that an actor may handle."""

    def restore(self, item: Trashed, *, as_it_was: bool, work: Work) -> None:
        """Bring a thing back."""

    def purge(self, item: Trashed, *, work: Work) -> None:
        """Let a thing go for good."""


@dataclass(frozen=True)
class PostBin:
    """Posts or pages: they come back as drafts, or exactly as they were."""

    kind: str

    def shown_to(self, actor: Actor) -> ColumnElement[bool]:
        """Return all for who may trash any, else one's own."""
        if permission_on(self.kind, "trash") in actor.permissions:
            return Trashed.kind == self.kind
        if self.kind == "page":
            return false()
        own = select(Post.id).where(Post.author_id == actor.user_id)
        return and_(Trashed.kind == self.kind, Trashed.object_id.in_(own))

    def restore(self, item: Trashed, *, as_it_was: bool, work: Work) -> None:
        """Bring a post back; `as_it_was` shows it to visitors again where they saw it."""
        post = get_post(work.session, item.object_id)
        if as_it_was and item.document:
            step = Step(kind="post", id=post.id, label=item.label, back=item.document)
            KINDS["post"].put_back(step, without=frozenset(), work=work)
        else:
            restore(post, work=work)

    def purge(self, item: Trashed, *, work: Work) -> None:
        """Delete a post with its revisions and the redirects to it."""
        post = get_post(work.session, item.object_id)
        work.require_on("trash", post)
        work.record("post.purged", post, post.title, slug=post.slug)
        below = select(Comment.id).where(Comment.post_id == post.id)
        gone = delete(Trashed).where(Trashed.kind == "comment", Trashed.object_id.in_(below))
        work.session.execute(gone)
        work.session.expunge(post)
        work.session.execute(delete(Post).where(Post.id == item.object_id))


@dataclass(frozen=True)
class RowBin:
    """Rows that were really removed: they come back with their ids and their posts."""

    kind: RowKind
    permission: Permission

    def shown_to(self, actor: Actor) -> ColumnElement[bool]:
        """Return all for who may edit the kind."""
        return Trashed.kind == self.kind.name if self.permission in actor.permissions else false()

    def restore(self, item: Trashed, *, as_it_was: bool, work: Work) -> None:  # noqa: ARG002 - there is one way
        """Bring a row back, on the posts that it still belongs to."""
        step = Step(kind=item.kind, id=item.object_id, label=item.label, back=item.document)
        self.kind.bring_back(step, work=work)

    def purge(self, item: Trashed, *, work: Work) -> None:
        """Let go of what is left of a row."""
        work.require(self.permission)
        work.record("trash.purged", item.kind, item.label)


class CommentBin:
    """Comments: their rows stay, so that what answers them keeps its place."""

    def shown_to(self, actor: Actor) -> ColumnElement[bool]:
        """Return all for who moderates, else those on one's own posts."""
        if Permission.COMMENTS_MODERATE in actor.permissions:
            return Trashed.kind == "comment"
        if Permission.POSTS_PUBLISH_OWN not in actor.permissions:
            return false()
        own = select(Comment.id).join(Post).where(Post.author_id == actor.user_id)
        return and_(Trashed.kind == "comment", Trashed.object_id.in_(own))

    def restore(self, item: Trashed, *, as_it_was: bool, work: Work) -> None:  # noqa: ARG002 - there is one way
        """Bring a comment back to where it was."""
        restore_comment(get_comment(work.session, item.object_id), work=work)

    def purge(self, item: Trashed, *, work: Work) -> None:
        """Delete a comment; what answers it moves up."""
        delete_comment(get_comment(work.session, item.object_id), work=work)


BINS: Final[dict[str, Bin]] = {
    "post": PostBin("post"),
    "page": PostBin("page"),
    "comment": CommentBin(),
    "tag": RowBin(TAG, Permission.TAGS_EDIT),
    "category": RowBin(CATEGORY, Permission.CATEGORIES_EDIT),
    "redirect": RowBin(REDIRECT, Permission.REDIRECTS_EDIT),
}


def list_trash(
    session: Session,
    actor: Actor,
    *,
    kind: str = "",
    until: datetime | None = None,
    below: int | None = None,
    most: int | None = None,
) -> Sequence[Trashed]:
    """Return what an actor may handle, newest first: of a kind, put there `until` an instant."""
    wanted = select(Trashed).where(_shown_to(actor, kind)).order_by(Trashed.id.desc())
    if until is not None:
        wanted = wanted.where(Trashed.at <= until)
    if below is not None:
        wanted = wanted.where(Trashed.id < below)
    return session.scalars(wanted if most is None else wanted.limit(most)).all()


def get_trashed(session: Session, item_id: int, actor: Actor) -> Trashed:
    """Return something in the trash that an actor may handle; raises NotFound."""
    found = select(Trashed).where(Trashed.id == item_id, _shown_to(actor, ""))
    item = session.scalar(found)
    if item is None:
        raise NotFound(say("This is not in the trash."))
    return item


def restore_trashed(item: Trashed, *, as_it_was: bool = False, work: Work) -> None:
    """Bring something back from the trash; raises as its verbs do, and when its name is taken."""
    BINS[item.kind].restore(item, as_it_was=as_it_was, work=work)
    remains.forget(item.kind, item.object_id, work=work)
    work.flush()


def purge_trashed(item: Trashed, *, work: Work) -> None:
    """Delete something in the trash for good."""
    BINS[item.kind].purge(item, work=work)
    remains.forget(item.kind, item.object_id, work=work)
    work.flush()


def _shown_to(actor: Actor, kind: str) -> Any:
    bins = [BINS[kind]] if kind in BINS else BINS.values()
    return or_(*(item.shown_to(actor) for item in bins))
