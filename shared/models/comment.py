"""Comments of visitors on posts and pages."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
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

    post: Mapped[Post] = relationship()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration
