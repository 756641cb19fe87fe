"""What visitors say below posts: taking it in by rules, and what those who moderate do with it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from shared.content.comments import count_links, render_comment
from shared.domain.comment_options import CommentOptions
from shared.domain.errors import Conflict, Invalid
from shared.domain.throttle import Rate, take
from shared.domain.work import Work
from shared.models import Comment, Post
from shared.saying import Saying, say

MOST_OF_A_NAME: Final = 80
MOST_OF_A_BODY: Final = 5_000
BY_ONE: Final = Rate(5, 600)
ON_ONE_POST: Final = Rate(60, 3600)
SAME_WITHIN: Final = timedelta(days=1)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a visitor sent; `is_caught` tells that a field was filled which people do not see."""

    name: str
    email: str = ""
    body: str
    parent_id: int | None = None
    origin: str = ""
    is_caught: bool = False

    def cleaned(self) -> "Said":
        """Return it without what no page shows."""
        return Said(
            name=" ".join(_CONTROL.sub("", self.name).split()),
            email=_CONTROL.sub("", self.email).strip().lower(),
            body=_CONTROL.sub("", self.body.replace("\r\n", "\n")).strip(),
            parent_id=self.parent_id,
            origin=self.origin,
            is_caught=self.is_caught,
        )


def takes_comments(post: Post, options: CommentOptions, work: Work) -> bool:
    """Tell whether visitors may comment on a post now: pages only where they say so."""
    if not post.is_public(work.at) or post.published_at is None or post.comments == "off":
        return False
    if post.comments != "on" and not (options.comments_open and post.kind == "post"):
        return False
    days = options.comments_close_days
    return not days or work.at < post.published_at + timedelta(days=days)


def receive(said: Said, post: Post, options: CommentOptions, *, work: Work) -> Comment:
    """Take a comment in; its state follows from the rules.

    Raises Conflict where none are taken, Invalid naming the field, Throttled.
    """
    if not takes_comments(post, options, work):
        raise Conflict(say("Comments on this are closed."))
    said = said.cleaned()
    _check(said, post, work)
    take(work.session, f"comment:by:{said.origin}", BY_ONE, at=work.at)
    take(work.session, f"comment:on:{post.id}", ON_ONE_POST, at=work.at)
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
    return comment


def _check(said: Said, post: Post, work: Work) -> None:
    errors: dict[str, Saying] = {}
    if not said.name:
        errors["name"] = say("Give a name.")
    elif len(said.name) > MOST_OF_A_NAME:
        errors["name"] = say("Give at most %(most)s characters.", most=MOST_OF_A_NAME)
    if said.email and not re.fullmatch(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,189}", said.email):
        errors["email"] = say("Give a whole address, or none.")
    if not said.body:
        errors["body"] = say("Write something first.")
    elif len(said.body) > MOST_OF_A_BODY:
        errors["body"] = say("Give at most %(most)s characters.", most=f"{MOST_OF_A_BODY:,}")
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
    """Tell whether someone of this name and address was approved before."""
    known = select(Comment.id).where(
        Comment.email == said.email, Comment.name == said.name, Comment.state == "approved"
    )
    return bool(said.email) and work.session.scalar(known.limit(1)) is not None
