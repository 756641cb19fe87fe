"""What the console keeps for the people at it: wishes, saved views, and work on many rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Document, Instant, Key, Name


class UserPreference(Base):
    """One thing that a person chose for themselves, such as the columns of a list."""

    __tablename__ = "user_preference"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    value: Mapped[dict[str, Any]]
    updated_at: Mapped[Instant]


class SavedView(Base):
    """A list as someone narrowed, sorted and arranged it, under a name; `state` holds all three."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_screen_name", "screen", "name"),)

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    screen: Mapped[str] = mapped_column(String(32))
    name: Mapped[Name]
    state: Mapped[dict[str, Any]]
    is_shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration


class BulkRun(Base):
    """One change of many rows, carried out in parts: what was asked, and how far it is.

    `waiting` are the ids still to be done, `refused` those that were not with their reasons,
    `steps` what takes back what was done.
    """

    __tablename__ = "bulk_run"

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    screen: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(32))
    given: Mapped[dict[str, Any]]
    waiting: Mapped[list[int]] = mapped_column(Document)
    refused: Mapped[list[Any]] = mapped_column(Document)
    steps: Mapped[list[Any]] = mapped_column(Document)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    back: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    finished_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration
