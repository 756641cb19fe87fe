"""Taking in by rules what visitors say."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from shared.content.comments import count_links, render_comment
from shared.domain.comment_options import CommentOptions
from shared.domain.comments.notices import owe_notice
from shared.domain.comments.words import Said, find_errors
from shared.domain.errors import Conflict, Invalid
from shared.domain.throttle import Rate, take
from shared.domain.work import Work
from shared.models import Comment, Post
from shared.saying import say

BY_ONE: Final = Rate(5, 600)
ON_ONE_POST: Final = Rate(60, 3600)
SAME_WITHIN: Final = timedelta(days=1)


def takes_comments(post: Post, options: CommentOptions, work: Work) -> bool:
    """Tell whether visitors may comment on a post now: pages only where they say so."""
    if post.published_at is None or not post.is_public(work.at):
        return False
    return options.are_taken(post.kind, post.comments, post.published_at, work.at)


def receive(said: Said, post: Post, options: CommentOptions, *, work: Work) -> Comment:
    """Take a comment in; its state follows from the rules.

    Raises Conflict where none are taken, Invalid naming the field, Throttled.
    """
    if not takes_comments(post, options, work):
        raise Conflict(say("Comments on this are closed."))
    said = said.cleaned()
    _check(said, post, work)
    take(work.session, f"comment:by:{said.origin}", BY_ONE, at=work.at)
    # What is spam for sure must not keep others from being heard.
    way = "caught" if said.is_caught else "on"
    take(work.session, f"comment:{way}:{post.id}", ON_ONE_POST, at=work.at)
    html = render_comment(said.body)
    comment = Comment(
        post_id=post.id,
        parent_id=said.parent_id,
        name=said.name,
        email=said.email,
        body=said.body,
        html=html,
        state=_state(said, html, options, work),
        origin=said.origin,
        created_at=work.at,
        updated_at=work.at,
        version=1,
    )
    work.session.add(comment)
    work.flush()
    if comment.state != "spam":
        owe_notice(comment, work=work)
    return comment


def _check(said: Said, post: Post, work: Work) -> None:
    errors = find_errors(said)
    if said.parent_id is not None and not _is_answerable(said.parent_id, post, work):
        errors["parent"] = say("The comment that this answers is no longer there.")
    if not errors and _was_said(said, post, work):
        errors["body"] = say("You have said this already.")
    if errors:
        raise Invalid(errors)


def _is_answerable(number: int, post: Post, work: Work) -> bool:
    parent = work.session.get(Comment, number)
    return parent is not None and parent.post_id == post.id and parent.state == "approved"


def _was_said(said: Said, post: Post, work: Work) -> bool:
    same = select(Comment.id).where(
        Comment.post_id == post.id,
        Comment.created_at > work.at - SAME_WITHIN,
        Comment.name == said.name,
        Comment.body == said.body,
    )
    return work.session.scalar(same.limit(1)) is not None


def _state(said: Said, html: str, options: CommentOptions, work: Work) -> str:
    text = f"{said.name}\n{said.email}\n{said.body}".casefold()
    if said.is_caught or any(word in text for word in options.blocked_words):
        return "spam"
    if count_links(html) > options.comments_links or options.comments_moderation == "all":
        return "pending"
    if options.comments_moderation == "first" and not _is_known(said, work):
        return "pending"
    return "approved"


def _is_known(said: Said, work: Work) -> bool:
    """Tell whether someone of this name and e-mail address was approved before, from this origin.

    A name stands on the page and an e-mail address can be known or guessed: they are no proof.
    """
    known = select(Comment.id).where(
        Comment.email == said.email,
        Comment.name == said.name,
        Comment.origin == said.origin,
        Comment.state == "approved",
    )
    is_told = bool(said.email and said.origin)
    return is_told and work.session.scalar(known.limit(1)) is not None
