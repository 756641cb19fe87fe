"""Machine clients of the API and the bearer tokens they were given."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key, Name
from shared.models.user import User

CLIENT_TYPES = ("service", "user", "readonly")
SORTED = ("name", "last_used_at", "created_at")
CLIENT_STATES = ("pending", "approved", "revoked")


class ApiClient(Base):
    """A program that may use the API once an owner approved it and gave it scopes."""

    __tablename__ = "api_client"
    __table_args__ = (
        CheckConstraint(f"type IN {CLIENT_TYPES!r}", name="type"),
        CheckConstraint(f"state IN {CLIENT_STATES!r}", name="state"),
        *(Index(f"ix_api_client_{name}", name) for name in SORTED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    client_id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]
    type: Mapped[str] = mapped_column(String(16))
    contact: Mapped[str] = mapped_column(String(254), default="")
    secret_hash: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(16), default="pending", index=True)
    wished_scopes: Mapped[list[str]] = mapped_column(default=list)
    scopes: Mapped[list[str]] = mapped_column(default=list)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration


class ApiToken(Base):
    """A bearer token (RFC 6750): kept as a hash, ends by time or when the client's epoch rises."""

    __tablename__ = "api_token"

    id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(
        ForeignKey("api_client.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(default=list)
    epoch: Mapped[int]
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]

    client: Mapped[ApiClient] = relationship()
