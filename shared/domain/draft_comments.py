"""Comments on a draft, by those who may read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.content.lines import one_line, plain_lines
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.posts.reviewing import shown_number
from shared.domain.work import Work
from shared.models import DraftComment, Post
from shared.saying import say

MOST: Final = 4_000
MOST_OF_A_QUOTE: Final = 500
SHOWN: Final = 300
_TARGET: Final = re.compile(r"\]\([^()\s]*\)")


@dataclass
class Thread:
    """A remark and the answers to it; `is_found` tells whether its passage is still there."""

    remark: DraftComment
    is_found: bool = True
    answers: list[DraftComment] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.remark.resolved_at is None


def add_comment(
    post: Post, text: str, *, quote: str = "", answers: int | None = None, work: Work
) -> DraftComment:
    """Say something about a draft, or about a passage of it, or answer what was said.

    An answer opens a thread again that was settled. Raises Forbidden, Invalid and NotFound.
    """
    work.require_on("read", post)
    text = plain_lines(text).strip()
    if not 1 <= len(text) <= MOST:
        raise Invalid(
            {"text": say("Give %(least)s to %(most)s characters.", least=1, most="4,000")}
        )
    if answers is not None:
        remark = get_comment(work.session, post, answers)
        answers = remark.answers_id or remark.id
        first = get_comment(work.session, post, answers)
        first.resolved_at, first.resolved_by = None, ""
    comment = DraftComment(
        post_id=post.id,
        answers_id=answers,
        author_id=work.actor.user_id,
        author_name=work.actor.name,
        at=work.at,
        revision=shown_number(post),
        quote="" if answers else one_line(quote)[:MOST_OF_A_QUOTE],
        text=text,
    )
    work.session.add(comment)
    work.flush()
    work.record("post.commented", post, post.title, comment=comment.id)
    return comment


def resolve_comment(post: Post, comment_id: int, *, work: Work) -> DraftComment:
    """Settle a thread."""
    work.require_on("read", post)
    comment = get_comment(work.session, post, comment_id)
    if comment.answers_id is not None or comment.resolved_at is not None:
        raise Conflict(say("This is settled already."))
    comment.resolved_at, comment.resolved_by = work.at, work.actor.name
    work.record("post.comment_resolved", post, post.title, comment=comment.id)
    return comment


def reopen_comment(post: Post, comment_id: int, *, work: Work) -> DraftComment:
    """Open a thread again."""
    work.require_on("read", post)
    comment = get_comment(work.session, post, comment_id)
    if comment.resolved_at is None:
        raise Conflict(say("This is open already."))
    comment.resolved_at, comment.resolved_by = None, ""
    work.record("post.comment_reopened", post, post.title, comment=comment.id)
    return comment


def get_comment(session: Session, post: Post, comment_id: int) -> DraftComment:
    """Return a comment on this post; raises NotFound."""
    found = session.get(DraftComment, comment_id)
    if found is None or found.post_id != post.id:
        raise NotFound(say("There is no such comment."))
    return found


def list_threads(session: Session, post: Post, body: str) -> list[Thread]:
    """Return the threads of a post, the oldest first and those that are settled last."""
    told = select(DraftComment).where(DraftComment.post_id == post.id).order_by(DraftComment.id)
    return in_threads(session.scalars(told.limit(SHOWN)).all(), body)


def in_threads(comments: Sequence[DraftComment], body: str) -> list[Thread]:
    """Return comments in the order of their writing as threads, as `list_threads` does."""
    threads = _gather(comments, _bare(body)) if comments else []
    return sorted(threads, key=lambda thread: not thread.is_open)


def _gather(comments: Sequence[DraftComment], body: str) -> list[Thread]:
    threads: dict[int, Thread] = {}
    for comment in comments:
        if comment.answers_id is None:
            threads[comment.id] = Thread(comment, _bare(comment.quote) in body)
        elif comment.answers_id in threads:
            threads[comment.answers_id].answers.append(comment)
    return list(threads.values())


def _bare(text: str) -> str:
    """Return letters and digits alone: a passage is marked in the text and read without marks."""
    return "".join(filter(str.isalnum, _TARGET.sub("", text)))
