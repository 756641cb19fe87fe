"""Acts that can be taken back, and what the database shows before and after."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shared.domain.posts import content_of
from shared.domain.undo import UndoOffer, offer_undo, remember
from shared.domain.work import Work
from shared.models import Post, PostCategory, PostTag, Redirect, SearchEntry
from shared.saying import say


def act(verb: Callable[[Any], Any], things: Sequence[Any], *, work: Work) -> UndoOffer:
    """Do something to each of these and offer to take it back."""
    before = [remember(thing, work=work) for thing in things]
    for thing in things:
        verb(thing)
    return offer_undo(work, say("Done to %(count)s", count=len(things)), before)


def picture(work: Work) -> dict[str, Any]:
    """Return what visitors and editors see: states, texts, lists, the search and redirects."""
    session = work.session
    session.flush()
    session.expire_all()
    posts = session.scalars(select(Post).order_by(Post.id)).all()
    return {
        "posts": [
            (
                post.status(work.at),
                post.published_at,
                post.first_published_at,
                post.expires_at,
                post.slug,
                post.html if post.published_at else None,
                content_of(post),
                content_of(post, live=True) if post.live else None,
                post.author_id,
            )
            for post in posts
        ],
        "tagged": session.execute(
            select(PostTag.post_id, PostTag.tag_id, PostTag.listed_at).order_by(
                PostTag.post_id, PostTag.tag_id
            )
        ).all(),
        "filed": session.execute(
            select(PostCategory.post_id, PostCategory.category_id, PostCategory.listed_at)
        ).all(),
        "found": session.scalars(select(SearchEntry.post_id).order_by(SearchEntry.post_id)).all(),
        "redirects": session.execute(select(Redirect.path, Redirect.post_id)).all(),
    }


def later(work: Work, at: datetime, **over: Any) -> Work:
    """Return the same unit of work at another time, perhaps by another person."""
    return replace(work, at=at, **over)
