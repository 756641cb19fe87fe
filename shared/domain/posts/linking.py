"""Which post links to which: noted at every save, and asked from both ends."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session, load_only

from shared.content.markdown import render
from shared.content.own_links import SCHEME, find_targets
from shared.domain.permissions import Permission
from shared.domain.posts.content import content_of
from shared.domain.work import Actor, Work
from shared.models import KINDS, Post, PostLink

MOST: Final = 100
# Enough to name a post, and to tell how it stands and who may read it.
_NAMED: Final = load_only(
    *(Post.kind, Post.slug, Post.title, Post.author_id, Post.updated_at),
    *(Post.published_at, Post.expires_at, Post.trashed_at),
)


def note_links(post: Post, *, work: Work) -> None:
    """Write down which posts the live and the working text link to."""
    texts = {content_of(post).body, content_of(post, live=True).body}
    wanted = find_targets(render(text).html for text in texts if SCHEME in text) - {post.id}
    there = set(work.session.scalars(select(PostLink.target_id).where(PostLink.post_id == post.id)))
    if gone := there - wanted:
        own = PostLink.post_id == post.id
        work.session.execute(delete(PostLink).where(own, PostLink.target_id.in_(gone)))
    work.session.add_all(
        PostLink(post_id=post.id, target_id=number) for number in sorted(wanted - there)
    )
    work.flush()


def list_linking(session: Session, post_id: int, *, actor: Actor, now: datetime) -> list[Post]:
    """Return the posts that link to one, the last changed first: those that the actor may read."""
    linking = (
        select(Post)
        .join(PostLink, PostLink.post_id == Post.id)
        .where(PostLink.target_id == post_id, readable(actor, now))
        .order_by(Post.updated_at.desc(), Post.id.desc())
        .limit(MOST)
        .options(_NAMED)
    )
    return list(session.scalars(linking))


def list_named(session: Session, ids: Collection[int]) -> dict[int, Post]:
    """Return the posts of these numbers that there are, in whatever state."""
    if not ids:
        return {}
    found = select(Post).where(Post.id.in_(sorted(ids))).options(_NAMED)
    return {post.id: post for post in session.scalars(found)}


def complete_link(
    session: Session, words: str, *, actor: Actor, now: datetime, most: int
) -> list[Post]:
    """Return posts and pages whose title holds the words, last changed first.

    Each kind is read along its own index and no further than needed; of what was found, titles
    that begin with the words stand first.
    """
    found: list[Post] = []
    for kind in KINDS:
        fitting = select(Post).where(
            Post.kind == kind, Post.trashed_at.is_(None), readable(actor, now)
        )
        if words:
            fitting = fitting.where(Post.title.icontains(words, autoescape=True))
        recent = fitting.order_by(Post.updated_at.desc(), Post.id.desc()).limit(most)
        found += session.scalars(recent.options(_NAMED))
    found.sort(key=lambda post: (post.updated_at, post.id), reverse=True)
    found.sort(key=lambda post: not post.title.casefold().startswith(words.casefold()))
    return found[:most]


def readable(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition that the actor may read a post: `may` for "read", as a query."""
    held, inside = actor.permissions, [Post.public(now)]
    if Permission.POSTS_READ in held:
        inside.append(Post.kind == "post")
    elif Permission.POSTS_CREATE in held and actor.user_id is not None:
        inside.append(and_(Post.kind == "post", Post.author_id == actor.user_id))
    if Permission.PAGES_READ in held:
        inside.append(Post.kind == "page")
    return or_(*inside)
