"""Work that is owed and done outside of requests: mails, forms of images, deliveries."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant, Key

_OPEN = text("finished_at IS NULL")


class Job(Base):
    """One piece of work; it is open until `finished_at`, and given up when `failed_at` is set too.

    Whoever does it holds a lease and renews it; after a kill the lease runs out and another takes
    over. `key` names what must not be owed twice at a time.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_urgent_due_at", "urgent", "due_at", sqlite_where=_OPEN),
        Index("ix_job_finished_at", "finished_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(64))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]
    due_at: Mapped[Instant]
    attempts: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(String(64), default="")
    held_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
