"""Everything that the site keeps about one person, as JSON for that person."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.posts import content_of
from shared.domain.work import Work
from shared.models import (
    ApiClient,
    AuditEvent,
    Comment,
    LoginSession,
    Media,
    Passkey,
    Post,
    PreviewLink,
    Revision,
    SavedView,
    TotpSecret,
    User,
    UserPreference,
)

# By table: whose it is, and what is told. Never a secret, its hash, or a key.
_ROWS: Final[dict[str, tuple[Any, Any, tuple[str, ...]]]] = {
    "sessions": (
        LoginSession,
        LoginSession.user_id,
        ("address", "user_agent", "created_at", "seen_at", "revoked_at"),
    ),
    "passkeys": (Passkey, Passkey.user_id, ("name", "is_synced", "created_at", "last_used_at")),
    "codes": (TotpSecret, TotpSecret.user_id, ("created_at",)),
    "preferences": (UserPreference, UserPreference.user_id, ("key", "value", "updated_at")),
    "views": (SavedView, SavedView.user_id, ("screen", "name", "state", "is_shared", "created_at")),
    "clients": (ApiClient, ApiClient.user_id, ("client_id", "name", "type", "contact", "state")),
    "comments": (Comment, Comment.user_id, ("post_id", "name", "body", "state", "created_at")),
    "files": (
        Media,
        Media.uploader_id,
        ("file", "name", "bytes", "alt", "caption", "credit", "folder", "created_at", "trashed_at"),
    ),
    "preview_links": (
        PreviewLink,
        PreviewLink.author_id,
        ("post_id", "created_at", "expires_at", "used_at", "revoked_at"),
    ),
    "versions": (
        Revision,
        Revision.author_id,
        ("post_id", "number", "origin", "title", "note", "name", "created_at"),
    ),
}
_ACCOUNT: Final = (
    *("id", "email", "name", "slug", "bio", "role", "language"),
    *("created_at", "updated_at", "last_login_at"),
)
_POST: Final = (
    "id",
    "kind",
    "created_at",
    "updated_at",
    "published_at",
    "expires_at",
    "trashed_at",
)
_ACT: Final = ("at", "action", "object_kind", "object_id", "object_label", "data")


def take_out(user: User, *, work: Work) -> dict[str, Any]:
    """Return what is kept about who acts, and note that it was taken out."""
    work.record("user.data_taken", user, user.name)
    session = work.session
    kept = {
        name: _tell(session.scalars(select(table).where(owner == user.id)), columns)
        for name, (table, owner, columns) in _ROWS.items()
    }
    return {
        "at": work.at.isoformat(),
        "account": _pick(user, _ACCOUNT),
        **kept,
        "posts": _posts(session, user),
        "acts": _acts(session, user),
    }


def _posts(session: Session, user: User) -> list[dict[str, Any]]:
    mine = select(Post).where(Post.author_id == user.id).order_by(Post.id)
    return [
        _pick(post, _POST) | {"content": content_of(post).as_document()}
        for post in session.scalars(mine)
    ]


def _acts(session: Session, user: User) -> list[dict[str, Any]]:
    mine = select(AuditEvent).where(AuditEvent.actor_kind == "user", AuditEvent.actor_id == user.id)
    return _tell(session.scalars(mine.order_by(AuditEvent.id)), _ACT)


def _tell(rows: Iterable[Any], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_pick(row, columns) for row in rows]


def _pick(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in columns}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
