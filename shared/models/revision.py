"""Revisions: every saved state of a post, whole."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key, Name

if TYPE_CHECKING:
    from shared.models.post import Post
    from shared.models.user import User


class Revision(Base):
    """One saved state: the content as a document, who saved it, when, and a note.

    `size` is the number of characters of the text; one with a `name` is kept for ever.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("post_id", "number"),)

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    number: Mapped[int]
    origin: Mapped[str] = mapped_column(String(16), default="save")
    content: Mapped[dict[str, Any]]
    title: Mapped[Name]
    note: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    size: Mapped[int] = mapped_column(default=0, server_default="0")
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    author_name: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    post: Mapped["Post"] = relationship(foreign_keys=[post_id], back_populates="revisions")
    author: Mapped["User | None"] = relationship()
