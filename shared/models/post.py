"""Posts and pages: what visitors see, and one working copy on top of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key, Name, Slug

if TYPE_CHECKING:
    from shared.models.revision import Revision
    from shared.models.taxonomy import Category, Tag
    from shared.models.user import User

KINDS = ("post", "page")
_TRASHED = text("trashed_at IS NOT NULL")
_EXPIRING = text("expires_at IS NOT NULL AND published_at IS NOT NULL")
_UNPUBLISHED = text("published_at IS NULL")
_CHANGED = text("working_id IS NOT NULL AND published_at IS NOT NULL")
_LISTED = ("kind", "published_at", "id", "expires_at")
_CHANGED_LAST = ("kind", "updated_at", "id", "trashed_at")


class Post(Base):
    """An article (`post`) or a standing page (`page`).

    Its columns hold the live version, or the draft while there never was one. When
    `working_id` is set, that revision holds changes that visitors do not see yet.
    """

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        CheckConstraint("kind IN ('post', 'page')", name="kind"),
        CheckConstraint("trashed_at IS NULL OR published_at IS NULL", name="trash_is_not_public"),
        # On PostgreSQL the migrations make four of these partial too; to say so here would load its
        # dialect, 2 MB, in every worker that serves from SQLite.
        # What decides on visibility is in these, so that a list is read from the index alone.
        Index("ix_post_kind_published_at_id_expires_at", *_LISTED),
        Index("ix_post_kind_updated_at_id_trashed_at", *_CHANGED_LAST),
        Index("ix_post_kind_title_id", "kind", "title", "id"),
        Index(
            "ix_post_kind_trashed_at",
            "kind",
            "trashed_at",
            sqlite_where=_TRASHED,
        ),
        Index(
            "ix_post_expires_at",
            "expires_at",
            sqlite_where=_EXPIRING,
        ),
        # The console looks into titles and for changes where there are few of them.
        Index(
            "ix_post_kind_title_id_unpublished",
            "kind",
            "title",
            "id",
            sqlite_where=_UNPUBLISHED,
        ),
        Index(
            "ix_post_kind_updated_at_id_changed",
            "kind",
            "updated_at",
            "id",
            sqlite_where=_CHANGED,
        ),
        Index(
            "ix_post_kind_updated_at_id_trashed_at_unpublished",
            *_CHANGED_LAST,
            sqlite_where=_UNPUBLISHED,
        ),
        Index("ix_post_author_id_kind_published_at_id_expires_at", "author_id", *_LISTED),
        Index("ix_post_author_id_kind_updated_at_id_trashed_at", "author_id", *_CHANGED_LAST),
        Index("ix_post_language_kind_updated_at_id_trashed_at", "language", *_CHANGED_LAST),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column(default=1)

    title: Mapped[Name]
    slug: Mapped[Slug]
    summary: Mapped[str] = mapped_column(String(500), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    excerpt: Mapped[str] = mapped_column(String(1000), default="")
    words: Mapped[int] = mapped_column(default=0)
    renderer: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(16), default="")
    meta: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # `on`, `off`, or empty: as the site has it.
    comments: Mapped[str] = mapped_column(String(8), default="", server_default="")

    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    byline: Mapped[str] = mapped_column(String(200), default="")
    live_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", ondelete="SET NULL", use_alter=True)
    )
    working_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", ondelete="SET NULL", use_alter=True)
    )

    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    first_published_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]

    author: Mapped["User | None"] = relationship()
    tags: Mapped[list["Tag"]] = relationship(
        secondary="post_tag", order_by="Tag.name", viewonly=True
    )
    categories: Mapped[list["Category"]] = relationship(
        secondary="post_category", order_by="Category.path", viewonly=True
    )
    live: Mapped["Revision | None"] = relationship(foreign_keys=[live_id], post_update=True)
    working: Mapped["Revision | None"] = relationship(foreign_keys=[working_id], post_update=True)
    revisions: Mapped[list["Revision"]] = relationship(
        foreign_keys="Revision.post_id",
        back_populates="post",
        order_by="Revision.number.desc()",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration

    @classmethod
    def public(cls, now: datetime) -> ColumnElement[bool]:
        """Return the one definition of what visitors may see at `now`."""
        return and_(cls.published_at <= now, or_(cls.expires_at.is_(None), cls.expires_at > now))

    def is_public(self, now: datetime) -> bool:
        """Tell whether visitors may see this at `now`."""
        return (
            self.published_at is not None
            and self.published_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )

    def status(self, now: datetime) -> str:
        """Return `trashed`, `draft`, `scheduled`, `expired` or `published`.

        As `Post.status(row, now)` it also tells of a row of columns that has the three instants.
        """
        if self.trashed_at is not None:
            return "trashed"
        if self.published_at is None:
            return "draft"
        if self.published_at > now:
            return "scheduled"
        return "published" if Post.is_public(self, now) else "expired"
