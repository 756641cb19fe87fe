"""What people of the console say to each other about a draft: reviews and comments."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant, Key

REVIEW_STATES = ("waiting", "approved", "returned", "withdrawn")
_WAITING = text("state = 'waiting'")


class Review(Base):
    """One question whether a draft may be published, and the answer to it.

    `revision` is the number of the version that was asked about; a post has one that waits at most.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(f"state IN {REVIEW_STATES!r}", name="state"),
        Index("ix_review_post_id_id", "post_id", "id"),
        # The migration makes both partial on PostgreSQL too.
        Index("ix_review_post_id_waiting", "post_id", unique=True, sqlite_where=_WAITING),
        Index("ix_review_asked_at_waiting", "asked_at", sqlite_where=_WAITING),
        Index("ix_review_asked_by_id_id", "asked_by_id", "id"),
    )

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    revision: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    message: Mapped[str] = mapped_column(String(1000), default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_by: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[Instant]
    note: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None]


class DraftComment(Base):
    """A remark about a draft, of a passage where it has a `quote`, or an answer to a remark."""

    __tablename__ = "draft_comment"
    __table_args__ = (Index("ix_draft_comment_post_id_id", "post_id", "id"),)

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    answers_id: Mapped[int | None] = mapped_column(
        ForeignKey("draft_comment.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    author_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[Instant]
    revision: Mapped[int]
    quote: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[str] = mapped_column(Text)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str] = mapped_column(String(200), default="")
