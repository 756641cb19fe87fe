"""Comments for tests of the console."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from shared.models import Comment, Post
from shared.runtime import Runtime
from tests.cast import NOON, work_of
from tests.shared.domain.comments.said import comment_on


def say_on(runtime: Runtime, post_id: int, *, state: str = "pending", **over: Any) -> int:
    """Let someone say something below a post; return its number."""
    with runtime.database.writing() as session:
        made = comment_on(session.get_one(Post, post_id), work=work_of(session), **over)
        made.state = state
        session.commit()
        return made.id


def state_of(runtime: Runtime, number: int) -> str | None:
    """Return the state of a comment, None where it is gone."""
    with runtime.database.reading() as session:
        found = session.get(Comment, number)
        return found.state if found else None


def fill_comments(runtime: Runtime, post_id: int, number: int, **over: Any) -> None:
    """Write many comments by their rows; each keyword is a function of a comment's number."""

    def row(n: int) -> dict[str, Any]:
        at = NOON - timedelta(minutes=n)
        plain = {"post_id": post_id, "parent_id": None, "name": f"Vi {n}", "email": "vi@x.org"}
        plain |= {"body": f"Said {n}.", "html": f"<p>Said {n}.</p>", "state": "approved"}
        plain |= {"origin": "", "user_id": None, "version": 1, "created_at": at, "updated_at": at}
        return plain | {name: value(n) for name, value in over.items()}

    with runtime.database.writing() as session:
        session.execute(insert(Comment), [row(n) for n in range(number)])
        session.commit()
