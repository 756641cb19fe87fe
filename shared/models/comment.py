"""Comments of visitors on posts and pages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key
from shared.models.post import Post

COMMENT_STATES = ("pending", "approved", "spam", "trashed")


class Comment(Base):
    """What someone said below a post; `parent_id` is the comment that it answers.

    `origin` is a keyed hash of the address that it came from, for limits alone; `user_id` tells
    that it was written in the console.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'approved', 'spam', 'trashed')", name="state"),
        Index("ix_comment_post_id_state_id", "post_id", "state", "id"),
        Index("ix_comment_state_created_at_id", "state", "created_at", "id"),
        Index("ix_comment_created_at_id", "created_at", "id"),
        Index("ix_comment_email", "email"),
        Index("ix_comment_waiting_since_id", "waiting_since", "id"),
        Index("ix_comment_shelf_waiting_since_id", "shelf", "waiting_since", "id"),
        Index("ix_comment_shelf_created_at_id", "shelf", "created_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("comment.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), default="")
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    origin: Mapped[str] = mapped_column(String(64), default="")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    # What waits comes first in the console's list, and is counted, by this column's index.
    waiting_since: Mapped[datetime | None] = mapped_column(
        Computed("CASE WHEN state = 'pending' THEN created_at END", persisted=True)
    )
    # The list that it is in: `open`, or its state. An index serves one value, not two of a state.
    shelf: Mapped[str | None] = mapped_column(
        String(12),
        Computed(
            "CASE WHEN state IN ('pending', 'approved') THEN 'open' ELSE state END", persisted=True
        ),
    )

    post: Mapped[Post] = relationship()

    @property
    def is_removed(self) -> bool:
        """Whether what it said was erased: it keeps the place of those who answered."""
        return not self.name and not self.body

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration
