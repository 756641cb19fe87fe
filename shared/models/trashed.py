"""What lies in the trash, of every kind: who put it there and what it was like."""

from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Document, Instant, Key, Name


class Trashed(Base):
    """One thing in the trash; `document` is what it was like, where that is known.

    Posts and pages keep their row, which says so by `trashed_at`; of all else this is what is left.
    """

    __tablename__ = "trashed"
    __table_args__ = (
        UniqueConstraint("kind", "object_id"),
        Index("ix_trashed_at_id", "at", "id"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[int]
    label: Mapped[Name]
    detail: Mapped[str] = mapped_column(String(1000), default="")
    document: Mapped[dict[str, Any] | None] = mapped_column(Document)
    by: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[Instant]
