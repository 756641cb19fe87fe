"""Opening a post in the editor."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from admin.acting import zone
from admin.calendar.months import propose, read_day
from admin.editor.fields.form import PostForm
from admin.editor.fields.zones import to_wall
from shared.domain.errors import NotFound
from shared.models import Post
from shared.saying import say
from shared.web import now

_WHOLE: Final = (
    select(Post)
    .where(Post.id == bindparam("id"))
    .options(joinedload(Post.live), joinedload(Post.working))
)


def open_post(session: Session, post_id: int) -> Post:
    """Return a post with its live and its working revision, in one query; raises NotFound."""
    post = session.scalar(_WHOLE, {"id": post_id})
    if post is None:
        raise NotFound(say("There is no post %(id)s.", id=post_id))
    return post


def propose_time(form: PostForm, words: str) -> None:
    """Propose a time on the day that the calendar was asked for, if that lies ahead."""
    day = read_day(words)
    if day is not None and (time := propose(day, zone(), now())) is not None:
        form.publish_at.data = to_wall(time, zone())
