"""Opening a post in the editor."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from shared.domain.errors import NotFound
from shared.models import Post
from shared.saying import say

_WHOLE: Final = (
    select(Post)
    .where(Post.id == bindparam("id"))
    .options(joinedload(Post.live), joinedload(Post.working))
)


def open_post(session: Session, post_id: int) -> Post:
    """Return a post with its live and its working revision, in one query; raises NotFound."""
    post = session.scalar(_WHOLE, {"id": post_id})
    if post is None:
        raise NotFound(say("There is no post %(id)s.", id=post_id))
    return post
