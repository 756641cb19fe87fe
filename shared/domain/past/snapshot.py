"""Reading what was live at an instant: the version of each post, with all that it said."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, load_only

from shared.content.excerpt import excerpt
from shared.content.markdown import RENDERER_VERSION, render
from shared.domain.posts.content import Content
from shared.domain.posts.details import PRESENTED
from shared.models import AuditEvent, Category, Post, Publication, Revision, Setting, Tag, Trashed
from shared.models.base import Base

MOST_CHANGED: Final = 2_000  # versions that are not live any more, and are rendered anew
PATIENCE: Final = 3.0  # seconds of rendering in one request
Row = dict[str, Any]


class StillPreparing(Exception):
    """So many of so many former versions are ready; asking again goes on from there."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of {total}")
        self.done, self.total = done, total


class TooMuchChanged(Exception):
    """More changed since than can be shown."""


@dataclass
class Snapshot:
    """The rows that stand in the place of today's; `shown` are the versions that were live."""

    shown: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    presentations: list[Row] = field(default_factory=list)
    authors: list[Row] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)
    categories: list[Row] = field(default_factory=list)
    settings: list[Row] = field(default_factory=list)


def list_shown(session: Session, instant: datetime) -> Sequence[Any]:
    """Return the version of each post that was live: what it carried, and if it still is."""
    until = Publication.shown_until
    return session.execute(
        select(
            Publication.post_id,
            Publication.revision_id,
            Publication.shown_from,
            Publication.dated_at,
            Post.live_id,
            Revision.content["tags"].label("tags"),
            Revision.content["categories"].label("categories"),
        )
        .join(Post, Post.id == Publication.post_id)
        .join(Revision, Revision.id == Publication.revision_id)
        .where(Publication.shown_from <= instant, or_(until.is_(None), until > instant))
        .order_by(Publication.post_id, Publication.shown_from)
    ).all()


def read_former(
    session: Session, shown: Sequence[Row]
) -> tuple[list[Row], list[tuple[int, Content]]]:
    """Return the rows of `post` of versions that are not live any more, and their contents.

    Raises TooMuchChanged, and StillPreparing when rendering takes longer than a request may.
    """
    wanted = {row["post_id"]: row for row in shown if not row["is_same"]}
    if len(wanted) > MOST_CHANGED:
        raise TooMuchChanged
    began, rows, contents = time.monotonic(), [], []
    for done, (post_id, row) in enumerate(wanted.items()):
        if time.monotonic() - began > PATIENCE:
            raise StillPreparing(done, len(wanted))
        post = session.get_one(Post, post_id, options=[load_only(*_KEPT)])
        revision = session.get_one(Revision, row["revision_id"])
        content = Content.from_document(revision.content)
        rows.append(_post_row(post, content, row))
        contents.append((post_id, content))
    return rows, contents


_KEPT = (Post.kind, Post.author_id, Post.created_at, Post.updated_at)
_COPIED: Final = ("title", "slug", "summary", "body", "language", "byline", "comments")


def _post_row(post: Post, content: Content, shown: Row) -> Row:
    html, plain, words = _TEXTS.find(shown["revision_id"], content.body)
    row = {name: getattr(content, name) for name in _COPIED}
    row |= {column.key: getattr(post, column.key) for column in _KEPT}
    row |= dict.fromkeys(("first_published_at", "published_at"), shown["published_at"])
    row |= dict.fromkeys(("working_id", "expires_at", "trashed_at"))
    return row | {
        "id": shown["post_id"],
        "version": 1,
        "meta": dict(content.meta),
        "html": html,
        "excerpt": content.summary or plain,
        "words": words,
        "renderer": RENDERER_VERSION,
        "live_id": shown["revision_id"],
    }


def presentation_of(post_id: int, content: Content) -> Row:
    """Return what a version showed beside its text."""
    return {"post_id": post_id} | {name: getattr(content, name) for name in PRESENTED}


def read_settings(session: Session, instant: datetime) -> list[Row]:
    """Return the settings as they were: the log tells what each was before it was changed."""
    rows = session.execute(select(Setting.key, Setting.value, Setting.updated_at)).all()
    found = {key: (value, at) for key, value, at in rows}
    later = select(AuditEvent.data).where(
        AuditEvent.action == "settings.saved", AuditEvent.at > instant
    )
    for data in session.scalars(later.order_by(AuditEvent.id.desc())):
        told = data.get("changes")
        for key, change in told.items() if isinstance(told, dict) else ():
            found[key] = ({"is": change["from"]}, instant)
    return [{"key": key, "value": value, "updated_at": at} for key, (value, at) in found.items()]


def read_terms(session: Session, model: type[Tag | Category], instant: datetime) -> list[Row]:
    """Return tags or categories, those in the trash too that were deleted since."""
    names = [column.key for column in model.__table__.columns]
    rows = [
        dict(zip(names, row, strict=True))
        for row in session.execute(select(*model.__table__.columns)).all()
    ]
    gone = select(Trashed).where(Trashed.kind == model.__tablename__, Trashed.at > instant)
    there = {row["id"] for row in rows}
    rows += [
        _revived(model, item.document["row"])
        for item in session.scalars(gone)
        if item.document and item.object_id not in there
    ]
    return [row for row in rows if row["created_at"] <= instant]


def _revived(model: type[Base], document: Row) -> Row:
    row = dict(document)
    for name in ("created_at", "updated_at"):
        row[name] = datetime.fromisoformat(row[name])
    return {column.key: row[column.key] for column in model.__table__.columns}


class _Texts:
    """Rendered former versions, which never change: the last ones that were asked for."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[int, int], tuple[str, str, int]] = OrderedDict()
        self._lock = Lock()

    def find(self, revision_id: int, body: str) -> tuple[str, str, int]:
        """Return HTML, excerpt and number of words of a version."""
        key = revision_id, hash(body)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        rendered = render(body)
        made = rendered.html, excerpt(rendered.prose), rendered.words
        with self._lock:
            self._found[key] = made
            if len(self._found) > MOST_CHANGED:
                self._found.popitem(last=False)
        return made


_TEXTS: Final = _Texts()
