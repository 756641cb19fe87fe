"""Categories, a tree, and tags; and which posts carry them."""

from datetime import datetime
from typing import Optional

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key, Name, Slug


class Category(Base):
    """A node of the category tree; `path` is the slugs from the root, joined by slashes."""

    __tablename__ = "category"
    # Revisions and clients keep ids: the id of a deleted category must not become another's.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own declaration

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("category.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[Name]
    slug: Mapped[Slug]
    path: Mapped[str] = mapped_column(String(1000), unique=True)
    description: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    parent: Mapped[Optional["Category"]] = relationship(remote_side="Category.id")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration


class Tag(Base):
    """A word that posts share."""

    __tablename__ = "tag"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[Name] = mapped_column(index=True)
    slug: Mapped[Slug] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration


class PostTag(Base):
    """A post carries a tag; `listed_at` repeats its `published_at` so that lists are fast."""

    __tablename__ = "post_tag"
    __table_args__ = (
        Index("ix_post_tag_tag_id_listed_at_post_id", "tag_id", "listed_at", "post_id"),
    )

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    listed_at: Mapped[datetime | None]


class PostCategory(Base):
    """A post stands in a category; `listed_at` as in PostTag."""

    __tablename__ = "post_category"
    __table_args__ = (
        Index(
            "ix_post_category_category_id_listed_at_post_id", "category_id", "listed_at", "post_id"
        ),
    )

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    category_id: Mapped[int] = mapped_column(
        ForeignKey("category.id", ondelete="CASCADE"), primary_key=True
    )
    listed_at: Mapped[datetime | None]


class TagAlias(Base):
    """The slug of a tag that was merged into another; texts that name it mean that one."""

    __tablename__ = "tag_alias"

    slug: Mapped[Slug] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)


class CategoryAlias(Base):
    """The number of a category that was merged into another; revisions that hold it mean that."""

    __tablename__ = "category_alias"

    former_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    category_id: Mapped[int] = mapped_column(
        ForeignKey("category.id", ondelete="CASCADE"), index=True
    )
