"""Offers to take something back: what was done, and what each thing was like before."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Document, Instant, Key


class Undo(Base):
    """One act that can be taken back until `expires_at`; `steps` say how, one for each thing.

    The sentence is kept as pattern and values, so that it can be told in any language.
    """

    __tablename__ = "undo"
    __table_args__ = (Index("ix_undo_actor_kind_actor_id_at", "actor_kind", "actor_id", "at"),)

    id: Mapped[Key]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[Instant] = mapped_column(index=True)
    expires_at: Mapped[Instant]
    pattern: Mapped[str] = mapped_column(String(300))
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(String(200), default="")
    takes_back: Mapped[int | None]  # the offer whose undoing this one would undo again
