"""What visitors asked the site for, in vain or not, and links that would send them astray."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant, Key

MOST_OF_A_PATH = 500


class PageView(Base):
    """How often a page was shown on one day of the site's zone; nobody is told apart."""

    __tablename__ = "page_view"
    __table_args__ = (Index("ix_page_view_path_day", "path", "day"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(MOST_OF_A_PATH), primary_key=True)
    views: Mapped[int]


class DayViews(Base):
    """How often pages were shown on one day in all: the sum of its `PageView` rows."""

    __tablename__ = "day_view"

    day: Mapped[date] = mapped_column(primary_key=True)
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


class LinkCheck(Base):
    """When links were last checked, and how many of how many texts; there is one row."""

    __tablename__ = "link_check"

    id: Mapped[Key]
    checked_at: Mapped[Instant]
    sources: Mapped[int]
    links: Mapped[int]


class BrokenLink(Base):
    """A link of a `post`, `page` or `redirect` that does not lead where it should.

    `problem` is `missing`, `hidden` (not published), `moved`, `chain` or `loop`; `leads_to` says
    where the link ends up, if it does.
    """

    __tablename__ = "broken_link"

    id: Mapped[Key]
    source_kind: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[int]
    source_label: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(2000))
    problem: Mapped[str] = mapped_column(String(16))
    leads_to: Mapped[str] = mapped_column(String(2000), default="")
