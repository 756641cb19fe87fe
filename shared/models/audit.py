"""The audit log: who did what to which object, in a chain whose breaking shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Document, Instant, Key


class AuditEvent(Base):
    """One act. `number` and `mac` are given at commit, when its place in the chain is known."""

    __tablename__ = "audit_event"
    __table_args__ = (
        # Each way to narrow the log, in the order in which it is read.
        Index("ix_audit_event_at_id", "at", "id"),
        Index("ix_audit_event_action_at_id", "action", "at", "id"),
        Index("ix_audit_event_actor_kind_actor_id_at_id", "actor_kind", "actor_id", "at", "id"),
        Index("ix_audit_event_object_kind_at_id", "object_kind", "at", "id"),
        Index("ix_audit_event_object_kind_object_id_at_id", "object_kind", "object_id", "at", "id"),
    )

    id: Mapped[Key]
    number: Mapped[int | None] = mapped_column(unique=True)
    at: Mapped[Instant]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(64))
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[int | None]
    object_label: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    request_id: Mapped[str] = mapped_column(String(64), default="")
    mac: Mapped[str] = mapped_column(String(64), default="")


class AuditCheck(Base):
    """The last check of the chain; there is one row.

    `number` and `mac` are of the last event up to which it held, `broken` says where it does not.
    `seal` is a code over the row, so that nobody with the database alone can write another.
    """

    __tablename__ = "audit_check"

    id: Mapped[Key]
    checked_at: Mapped[Instant]
    whole_at: Mapped[datetime | None]
    number: Mapped[int]
    mac: Mapped[str] = mapped_column(String(64))
    broken: Mapped[dict[str, Any] | None] = mapped_column(Document)
    seal: Mapped[str] = mapped_column(String(64))
