"""Comments that visitors see, read by columns: who answers whom, and what was said."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shared.models import Comment, Post, User
from shared.models.base import UtcDateTime
from shared.models.reads import read

# Who answers whom: the number of each comment and of the one that it answers, oldest first.
Tree = Sequence[tuple[int, int | None]]


class Remark(NamedTuple):
    """A comment; `person` is the slug of the author's page of who wrote it in the console.

    One that was erased for good has no name: it keeps the place of those who answered.
    """

    id: int
    parent_id: int | None
    name: str
    html: str
    at: datetime
    person: str | None


_POST: Any = bindparam("post")
_NOW: Any = bindparam("now", type_=UtcDateTime())
_SHOWN: Final = (Comment.post_id == _POST, Comment.state == "approved")
_COLUMNS: Final = (
    *(Comment.id, Comment.parent_id, Comment.name, Comment.html, Comment.created_at),
    *(User.slug, Comment.user_id),
)
_TREE: Final = select(Comment.id, Comment.parent_id).where(*_SHOWN).order_by(Comment.id)
_ALL: Final = select(*_COLUMNS).outerjoin(User, User.id == Comment.user_id).where(*_SHOWN)
_CHOSEN: Final = _ALL.where(Comment.id.in_(bindparam("ids", expanding=True)))
_NEWEST: Final = (
    _ALL.where(Comment.name != "").order_by(Comment.id.desc()).limit(bindparam("limit"))
)
_PUBLIC: Final = select(Post.kind, Post.slug).where(Post.id == _POST, Post.public(_NOW))


def find_public(session: Session, post_id: int, *, now: datetime) -> tuple[str, str] | None:
    """Return kind and slug of a public post or page."""
    rows = read(session, _PUBLIC, {"post": post_id, "now": now}, of=(f"post:{post_id}",))
    return (rows[0].kind, rows[0].slug) if rows else None


def read_tree(session: Session, post_id: int) -> Tree:
    """Return who answers whom below a post."""
    rows = read(session, _TREE, {"post": post_id}, of=(f"comments:{post_id}",))
    return [(number, parent) for number, parent in rows]


def read_remarks(session: Session, post_id: int, ids: Collection[int]) -> dict[int, Remark]:
    """Return comments of a post by their numbers."""
    if not ids:
        return {}
    values = {"post": post_id, "ids": sorted(ids)}
    rows = read(session, _CHOSEN, values, of=_keys_of(post_id))
    return {row[0]: Remark(*row[:6]) for row in rows}


def read_newest(session: Session, post_id: int, *, limit: int) -> list[Remark]:
    """Return the last comments on a post, the newest first."""
    rows = read(session, _NEWEST, {"post": post_id, "limit": limit}, of=_keys_of(post_id))
    return [Remark(*row[:6]) for row in rows]


def _keys_of(post_id: int) -> Any:
    def keys(rows: Sequence[Any]) -> set[str]:
        people = {f"author:{row.user_id}" for row in rows if row.user_id is not None}
        return people | {f"comments:{post_id}"}

    return keys
