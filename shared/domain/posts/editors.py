"""Open editors: whose saves are known, and who is writing at the same post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, delete, select

from shared.db import insert_missing
from shared.domain.errors import Conflict
from shared.domain.posts.reading import get_post
from shared.domain.work import Work
from shared.models import OpenEditor, Post, User, UtcDateTime
from shared.saying import say

SILENCE = timedelta(seconds=40)
# A laptop may be closed for a holiday with a save whose answer it never read.
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class Presence:
    """Somebody who has a post open, since when."""

    user_id: int
    name: str
    since: datetime


def take_editor(key: str, *, work: Work) -> OpenEditor:
    """Return the row of an open editor, held until the work ends; its first sign of life makes it.

    Raises Conflict for an editor of another person.
    """
    is_new = insert_missing(
        work.session,
        OpenEditor,
        key=key,
        user_id=work.actor.user_id,
        sequence=0,
        version=0,
        opened_at=work.at,
        seen_at=work.at,
    )
    if is_new:
        old = OpenEditor.opened_at < work.at - REMEMBERED
        work.session.execute(delete(OpenEditor).where(old))
    editor = work.session.get_one(OpenEditor, key, with_for_update=True, populate_existing=True)
    if editor.user_id != work.actor.user_id:
        raise Conflict(say("This editor was opened by somebody else."))
    editor.seen_at = work.at
    return editor


def find_editor(key: str, *, work: Work) -> OpenEditor | None:
    """Return the row of an open editor as `take_editor` does, None for another person's."""
    try:
        return take_editor(key, work=work)
    except Conflict:
        return None


def get_begun(key: str, *, work: Work) -> Post:
    """Return the post that an editor began by its first save; raises NotFound."""
    editor = work.session.get(OpenEditor, key)
    return get_post(work.session, (editor.post_id if editor else None) or 0)


def note_presence(post: Post, key: str, *, begun: int | None = None, work: Work) -> None:
    """Note that an editor of the post is open, and from which revision its text was begun."""
    work.require_on("read", post)
    editor = take_editor(key, work=work)
    editor.post_id, editor.begun = post.id, begun or editor.begun
    work.flush()


def note_leaving(key: str, *, work: Work) -> None:
    """Note that an editor was left; what it saved stays known."""
    editor = work.session.get(OpenEditor, key)
    if editor is not None and editor.user_id == work.actor.user_id:
        editor.seen_at = None
        work.flush()


def list_others(post: Post, key: str, *, work: Work) -> Sequence[Presence]:
    """List who else has the post open, other editors of one's own too; the longest first."""
    rows = work.session.execute(
        select(User.id, User.name, OpenEditor.opened_at)
        .join(User, User.id == OpenEditor.user_id)
        .where(
            OpenEditor.post_id == post.id,
            OpenEditor.seen_at > work.at - SILENCE,
            OpenEditor.key != key,
        )
        .order_by(OpenEditor.opened_at, OpenEditor.key)
    )
    return [Presence(*row) for row in rows]


def select_writers() -> Any:
    """Select post and name of those who have posts open, but for the person `me`.

    The posts are bound as `ids`, and as `silent_since` the instant SILENCE ago.
    """
    return (
        select(OpenEditor.post_id, User.name)
        .join(User, User.id == OpenEditor.user_id)
        .where(
            OpenEditor.post_id.in_(bindparam("ids", expanding=True)),
            OpenEditor.seen_at > bindparam("silent_since", type_=UtcDateTime),
            OpenEditor.user_id != bindparam("me", type_=Integer),
        )
        .distinct()
    )


def list_sequences(keys: Sequence[str], *, work: Work) -> dict[str, int]:
    """Return the number of the last stored save of each of the actor's editors, by its key."""
    rows = work.session.execute(
        select(OpenEditor.key, OpenEditor.sequence).where(
            OpenEditor.key.in_(keys), OpenEditor.user_id == work.actor.user_id
        )
    )
    return dict(rows.all())


def find_last_writer(post: Post, *, work: Work) -> str | None:
    """Return the key of the actor's editor whose save is what was saved last, if one is."""
    return work.session.scalar(
        select(OpenEditor.key).where(
            OpenEditor.post_id == post.id,
            OpenEditor.version == post.version,
            OpenEditor.user_id == work.actor.user_id,
        )
    )
