"""What visitors asked the site for: counts of pages by day, and of paths where nothing is."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant

MOST_OF_A_PATH = 500


class PageView(Base):
    """How often a page was shown on one day of the site's zone; nobody is told apart."""

    __tablename__ = "page_view"

    day: Mapped[date] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(MOST_OF_A_PATH), primary_key=True)
    views: Mapped[int]


class MissingPath(Base):
    """A path that was asked for in vain; `ignored_at` hides it from the list."""

    __tablename__ = "missing_path"
    __table_args__ = (Index("ix_missing_path_last_at", "last_at"),)

    path: Mapped[str] = mapped_column(String(MOST_OF_A_PATH), primary_key=True)
    asked: Mapped[int]
    first_at: Mapped[Instant]
    last_at: Mapped[Instant]
    referrer: Mapped[str] = mapped_column(String(300), default="")
    ignored_at: Mapped[datetime | None]
