"""People who sign in, their sessions, and single-use links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key, Name, Slug

SORTED = ("name", "role", "last_login_at", "created_at")
ROLES = ("owner", "editor", "author", "contributor", "reader")


class User(Base):
    """A person with one role; `epoch` rises when every session and token of theirs must end."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(f"role IN {ROLES!r}", name="role"),
        *(Index(f"ix_user_{name}", name) for name in SORTED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Name]
    slug: Mapped[Slug] = mapped_column(unique=True)
    bio: Mapped[str] = mapped_column(String(1000), default="")
    role: Mapped[str] = mapped_column(String(16))
    # Of the console; empty: as the browser asks.
    language: Mapped[str] = mapped_column(String(16), default="", server_default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    last_login_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration


class LoginSession(Base):
    """One sign-in of one browser; ends by time, by sign-out, or when the user's epoch rises."""

    __tablename__ = "login_session"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    epoch: Mapped[int]
    address: Mapped[str] = mapped_column(String(64), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    proved_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class OneTimeLink(Base):
    """A link that works once: `setup` makes the first owner, `password` sets a new password."""

    __tablename__ = "one_time_link"

    id: Mapped[Key]
    purpose: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None]


class Throttle(Base):
    """One rate limit's state: when the next request would be on time (GCRA)."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    arrival: Mapped[Instant]
