"""Comments for tests, taken in as visitors' are."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from shared.domain.comment_options import CommentOptions
from shared.domain.comments import Said, receive
from shared.domain.work import SYSTEM, Work
from shared.models import Comment, Post

OPEN = CommentOptions(comments_open=True, comments_moderation="none")


def comment_on(post: Post, *, work: Work, state: str = "approved", **over: Any) -> Comment:
    """Let Vi say something below a post; then it is in a state."""
    said = Said(**{"name": "Vi", "email": "vi@example.org", "body": "Well *said*."} | over)
    origin = sha256(f"{post.id}:{said}".encode()).hexdigest()
    made = receive(replace(said, origin=origin), post, OPEN, work=replace(work, actor=SYSTEM))
    made.state = state
    work.flush()
    return made
