"""Putting aside a text that came too late: it is in the history, what was saved first stays."""

from sqlalchemy import select

from shared.content.markdown import MAX_BYTES
from shared.domain.errors import Invalid
from shared.domain.posts.content import Content
from shared.domain.posts.writing import add_revision
from shared.domain.work import Work
from shared.models import Post, Revision
from shared.saying import say

ORIGIN = "aside"


def set_aside(post: Post, content: Content, *, work: Work) -> Revision:
    """Keep a text as a revision that is not the working copy; the same text is kept once."""
    work.require_on("edit", post)
    content = content.tidied()
    if len(content.body.encode()) > MAX_BYTES:
        raise Invalid({"body": say("This text is too long to be kept.")})
    latest = work.session.scalar(
        select(Revision)
        .where(
            Revision.post_id == post.id,
            Revision.origin == ORIGIN,
            Revision.author_id == work.actor.user_id,
        )
        .order_by(Revision.number.desc())
        .limit(1)
    )
    if latest is not None and latest.content == content.as_document():
        return latest
    revision = add_revision(post, content, origin=ORIGIN, work=work)
    work.record("post.set_aside", post, content.title, revision=revision.number)
    return revision
