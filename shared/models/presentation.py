"""What a post shows of itself beside its text, and who wrote it with its author."""

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base

# How a post's own page may be laid out; the empty one is the usual way.
TEMPLATES: Final = ("", "wide", "undated")
CENTRE: Final = 50


class Presentation(Base):
    """Cover, words for engines and other sites, layout; only a post that says any of it has one.

    It is no part of `post`, whose rows end in long texts: lists would step over them to get to
    a column behind. `translation_of` is the id of the post that a group of translations began
    with. It is no foreign key, so that the group outlives that post.
    """

    __tablename__ = "presentation"
    # Partial on PostgreSQL too, by the migrations.
    __table_args__ = (
        Index("ix_presentation_post_id_cover", "post_id", sqlite_where=text("cover != ''")),
        Index("ix_presentation_post_id_canonical", "post_id", sqlite_where=text("canonical != ''")),
    )

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    cover: Mapped[str] = mapped_column(String(1000), default="")
    cover_alt: Mapped[str] = mapped_column(String(500), default="")
    cover_x: Mapped[int] = mapped_column(default=CENTRE)
    cover_y: Mapped[int] = mapped_column(default=CENTRE)
    seo_title: Mapped[str] = mapped_column(String(200), default="")
    seo_description: Mapped[str] = mapped_column(String(500), default="")
    social_title: Mapped[str] = mapped_column(String(200), default="")
    social_description: Mapped[str] = mapped_column(String(500), default="")
    social_image: Mapped[str] = mapped_column(String(1000), default="")
    canonical: Mapped[str] = mapped_column(String(2000), default="")
    template: Mapped[str] = mapped_column(String(16), default="")
    noindex: Mapped[bool] = mapped_column(default=False)
    translation_of: Mapped[int | None] = mapped_column(index=True)


class PostAuthor(Base):
    """Someone who wrote a post with its author; `place` counts from 1, `listed_at` as in PostTag.

    The author, who answers for the post and may change it, is `post.author_id`.
    """

    __tablename__ = "post_author"
    __table_args__ = (
        Index("ix_post_author_user_id_listed_at_post_id", "user_id", "listed_at", "post_id"),
    )

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int]
    listed_at: Mapped[datetime | None]
