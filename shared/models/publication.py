"""Which version of a post visitors could see, from when to when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.models.base import Base, Instant, Key


class Publication(Base):
    """A revision that was live from `shown_from` until `shown_until`, None: to this day.

    `dated_at` is the date that it bore, which may be far before.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_post_id_shown_from", "post_id", "shown_from"),
        Index("ix_publication_revision_id", "revision_id"),
        Index("ix_publication_shown_from", "shown_from"),
        Index("ix_publication_shown_until", "shown_until"),
    )

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    shown_from: Mapped[Instant]
    shown_until: Mapped[datetime | None]
    dated_at: Mapped[datetime | None]
