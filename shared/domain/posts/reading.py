"""Finding one post or revision."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import NotFound
from shared.models import Post, Revision
from shared.saying import say


def find_post(session: Session, *, kind: str, slug: str) -> Post | None:
    """Return the post of this kind and slug, in whatever state, or None."""
    return session.scalar(select(Post).where(Post.kind == kind, Post.slug == slug))


def get_post(session: Session, post_id: int, *, kind: str | None = None) -> Post:
    """Return the post with this id; raises NotFound."""
    post = session.get(Post, post_id)
    if post is None or kind not in {None, post.kind}:
        if kind == "page":
            raise NotFound(say("There is no page %(id)s.", id=post_id))
        raise NotFound(say("There is no post %(id)s.", id=post_id))
    return post


def get_revision(session: Session, post: Post, number: int) -> Revision:
    """Return a post's revision by its number; raises NotFound."""
    found = session.scalar(
        select(Revision).where(Revision.post_id == post.id, Revision.number == number)
    )
    if found is None:
        raise NotFound(
            say("There is no revision %(number)s of “%(title)s”.", number=number, title=post.title)
        )
    return found
