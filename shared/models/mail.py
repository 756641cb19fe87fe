"""Mails that the verbs owe, and what became of them."""

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant, Key

_OPEN = text("sent_at IS NULL AND failed_at IS NULL")
_FAILED = text("failed_at IS NOT NULL")


class Mail(Base):
    """One mail to one address. It waits until `sent_at` or `failed_at`; once sent, `text` goes.

    After `expires_at` it is not sent any more: the link in it has run out.
    """

    __tablename__ = "mail"
    # Partial on PostgreSQL too, by the migrations.
    __table_args__ = (
        Index("ix_mail_created_at", "created_at"),
        Index("ix_mail_created_at_open", "created_at", "id", sqlite_where=_OPEN),
        Index("ix_mail_created_at_failed", "created_at", "id", sqlite_where=_FAILED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Instant]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(500), default="")
