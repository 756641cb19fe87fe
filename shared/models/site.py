"""What belongs to the site as a whole: redirects and settings."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key

if TYPE_CHECKING:
    from shared.models.post import Post


class Redirect(Base):
    """An old path of the site and where it leads: to a post, to an address, or to `410 Gone`."""

    __tablename__ = "redirect"
    __table_args__ = (
        CheckConstraint("status IN (301, 302, 410)", name="status"),
        Index("ix_redirect_status_path_id", "status", "path", "id"),
        Index("ix_redirect_origin_path_id", "origin", "path", "id"),
    )

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    path: Mapped[str] = mapped_column(String(1000), unique=True)
    target: Mapped[str] = mapped_column(String(2000), default="")
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[int] = mapped_column(default=301)
    origin: Mapped[str] = mapped_column(String(16), default="console")
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    post: Mapped["Post | None"] = relationship()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration


class Setting(Base):
    """One value that editors may change while the site runs."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[dict[str, Any]]
    updated_at: Mapped[Instant]


class SearchEntry(Base):
    """The search tokens of a published post; the full-text index hangs on it."""

    __tablename__ = "search_entry"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
