"""Links that show the working copy of a post to someone without an account."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key

if TYPE_CHECKING:
    from shared.models.post import Post


class PreviewLink(Base):
    """One link: whose it is, until when it opens, and when it was used last; never its token."""

    __tablename__ = "preview_link"

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    author_name: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    post: Mapped["Post"] = relationship()
