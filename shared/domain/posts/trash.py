"""The trash: deleting that can be undone."""

from shared.domain import remains
from shared.domain.errors import Conflict
from shared.domain.posts.publishing import withdraw
from shared.domain.posts.state import state_of
from shared.domain.work import Work, check_version
from shared.models import Post
from shared.saying import say


def trash(post: Post, *, version: int | None = None, work: Work) -> None:
    """Move a post to the trash; visitors no longer find it, its slug stays taken."""
    work.require_on("trash", post)
    if post.trashed_at is not None:
        raise Conflict(say("This is in the trash already."))
    check_version(post, version, work=work)
    was_public, document = post.is_public(work.at), state_of(post)
    withdraw(post, work=work)
    post.trashed_at = work.at
    remains.keep(post.kind, post.id, post.title, detail=post.slug, document=document, work=work)
    work.record("post.trashed", post, post.title, was_public=was_public)


def restore(post: Post, *, version: int | None = None, work: Work) -> None:
    """Take a post out of the trash, as a draft."""
    work.require_on("trash", post)
    if post.trashed_at is None:
        raise Conflict(say("This is not in the trash."))
    check_version(post, version, work=work)
    post.trashed_at, post.updated_at = None, work.at
    remains.forget(post.kind, post.id, work=work)
    work.record("post.restored", post, post.title)
