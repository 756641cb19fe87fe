"""How each kind of content lies in the trash: who handles it, the way back, the end of it."""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, and_, delete, false, select

from shared.domain.comments import delete_comment, get_comment, restore_comment
from shared.domain.media import delete_media, get_media, restore_media
from shared.domain.permissions import Permission, permission_on
from shared.domain.posts import get_post, restore
from shared.domain.undo import Step
from shared.domain.undo.kinds import KINDS
from shared.domain.undo.rows import RowKind
from shared.domain.work import Actor, Work
from shared.models import Comment, Media, Post, Trashed


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


class MediaBin:
    """Files: their rows stay with their addresses, uses and bytes."""

    def shown_to(self, actor: Actor) -> ColumnElement[bool]:
        """Return all for who may change any file, else those that one uploaded."""
        if Permission.MEDIA_EDIT in actor.permissions:
            return Trashed.kind == "media"
        if Permission.MEDIA_UPLOAD not in actor.permissions:
            return false()
        own = select(Media.id).where(Media.uploader_id == actor.user_id)
        return and_(Trashed.kind == "media", Trashed.object_id.in_(own))

    def restore(self, item: Trashed, *, as_it_was: bool, work: Work) -> None:  # noqa: ARG002 - there is one way
        """Bring a file back to its address, and to every page that shows it."""
        restore_media(get_media(work.session, item.object_id), work=work)

    def purge(self, item: Trashed, *, work: Work) -> None:
        """Delete a file; its bytes go after the commit."""
        delete_media(get_media(work.session, item.object_id), work=work)
