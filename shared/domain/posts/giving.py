"""Giving a post to another author."""

from sqlalchemy import delete

from shared.domain.errors import Forbidden, Invalid
from shared.domain.permissions import ROLE_PERMISSIONS, Permission, permission_on
from shared.domain.work import Work, check_version
from shared.models import Post, PostAuthor, User
from shared.saying import say

_WRITERS = {
    "post": say("Choose someone who may write posts."),
    "page": say("Choose someone who may write pages."),
}


def may_write(user: User, kind: str) -> bool:
    """Tell whether a person may be the author of a post or page: able to make one, not disabled."""
    return user.disabled_at is None and permission_on(kind, "create") in ROLE_PERMISSIONS[user.role]


def give_post(post: Post, author_id: int, *, version: int | None, work: Work) -> None:
    """Make someone else the author; raises Forbidden, Stale, and Invalid for who may not write."""
    if Permission.POSTS_EDIT not in work.actor.permissions:
        raise Forbidden(Permission.POSTS_EDIT)
    work.require_on("edit", post)
    if author_id == post.author_id:
        return
    author = work.session.get(User, author_id)
    if author is None or not may_write(author, post.kind):
        raise Invalid({"author": _WRITERS[post.kind]})
    check_version(post, version, work=work)
    own = (PostAuthor.post_id == post.id, PostAuthor.user_id == author_id)
    work.session.execute(delete(PostAuthor).where(*own))  # nobody stands there twice
    before, post.author_id, post.updated_at = post.author_id, author_id, work.at
    work.record("post.given", post, post.title, author=author_id, before=before)
