"""Changing many posts at once: one part of their content, shown where they are shown now."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shared.domain.errors import Conflict
from shared.domain.posts.content import Content, content_of
from shared.domain.posts.publishing import publish, schedule
from shared.domain.posts.writing import save_post
from shared.domain.work import Work
from shared.models import Post
from shared.saying import say


def change_content(post: Post, change: Callable[[Content], Content], *, work: Work) -> None:
    """Save changed content, and publish it where the post was published without other changes.

    What waits on top of a published post is not published by this: the change waits with it.
    Raises Conflict where nothing would change, and what saving and publishing raise.
    """
    before = content_of(post)
    after = change(before)
    if after == before:
        raise Conflict(say("There is nothing to change."))
    shown = post.published_at if post.working is None else None
    save_post(post, after, version=None, note="Changed with others", work=work)
    if shown is None:
        return
    if shown > work.at:
        schedule(post, shown, version=None, work=work)
    else:
        publish(post, version=None, work=work)


def add_tags(post: Post, names: Sequence[str], *, work: Work) -> None:
    """Let a post carry these tags too."""

    def change(content: Content) -> Content:
        known = {name.casefold() for name in content.tags}
        more = tuple(name for name in names if name.casefold() not in known)
        return replace(content, tags=content.tags + more)

    change_content(post, change, work=work)


def remove_tags(post: Post, names: Sequence[str], *, work: Work) -> None:
    """Take these tags off a post."""
    gone = {name.casefold() for name in names}

    def change(content: Content) -> Content:
        return replace(
            content, tags=tuple(name for name in content.tags if name.casefold() not in gone)
        )

    change_content(post, change, work=work)


def set_category(post: Post, category_id: int | None, *, work: Work) -> None:
    """Put a post into one category, or into none."""
    wanted = (category_id,) if category_id is not None else ()
    change_content(post, lambda content: replace(content, categories=wanted), work=work)


def set_language(post: Post, language: str, *, work: Work) -> None:
    """Say which language a post is in."""
    change_content(post, lambda content: replace(content, language=language), work=work)


def set_comments(post: Post, answer: str, *, work: Work) -> None:
    """Say whether visitors may comment: `on`, `off`, or empty for what the site has."""
    change_content(post, lambda content: replace(content, comments=answer), work=work)


def set_title(post: Post, title: str, *, work: Work) -> None:
    """Give a post another title; its address stays."""
    change_content(
        post,
        lambda content: replace(content, title=title, slug=content.slug or post.slug),
        work=work,
    )
