"""The editors that are open in browsers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant


class OpenEditor(Base):
    """One editor in one browser: whose, on which post, and the last of its saves that is stored.

    The browser makes `key` and counts its saves in `sequence`; `version` is that of the post
    after the stored one. `begun` is the number of the revision that its text was begun from: it is
    not written over while the editor is open. `seen_at` is the last sign of life, None once left.
    """

    __tablename__ = "open_editor"
    __table_args__ = (Index("ix_open_editor_post_id_seen_at", "post_id", "seen_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    begun: Mapped[int | None]
    opened_at: Mapped[Instant] = mapped_column(index=True)
    seen_at: Mapped[datetime | None]
