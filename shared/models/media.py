"""Media: the files that texts show or offer, and which posts use them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.models.base import Base, Instant, Key, Name

if TYPE_CHECKING:
    from shared.models.user import User

# What a file is, coarsely: what lists filter by and the setting of allowed kinds names.
MEDIA_KINDS = ("image", "drawing", "audio", "video", "pdf", "archive", "text")
USED_IN = ("live", "working")
MIDDLE = 50


class Media(Base):
    """A file with a lasting address, `path`, and the place of its present bytes, `file`.

    Both are paths of the site. `file` is made of the content, so it may be kept for good;
    replacing the file gives another. `focus_x` and `focus_y` are in per cent from the upper left.
    """

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("focus_x BETWEEN 0 AND 100", name="focus_x"),
        CheckConstraint("focus_y BETWEEN 0 AND 100", name="focus_y"),
        Index("ix_media_created_at_id", "created_at", "id"),
        Index("ix_media_name_id", "name", "id"),
        Index("ix_media_bytes_id", "bytes", "id"),
        Index("ix_media_folder", "folder"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    path: Mapped[str] = mapped_column(String(250), unique=True)
    file: Mapped[str] = mapped_column(String(250), index=True)
    name: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(16))
    ending: Mapped[str] = mapped_column(String(8))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    source_sha256: Mapped[str] = mapped_column(String(64), index=True)

    width: Mapped[int | None]
    height: Mapped[int | None]
    animated: Mapped[bool] = mapped_column(default=False)
    forms: Mapped[dict[str, Any]] = mapped_column(default=dict)

    alt: Mapped[str] = mapped_column(String(500), default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[str] = mapped_column(String(500), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    focus_x: Mapped[int] = mapped_column(default=MIDDLE)
    focus_y: Mapped[int] = mapped_column(default=MIDDLE)
    folder: Mapped[str] = mapped_column(String(200), default="")

    uploader_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]
    trashed_at: Mapped[datetime | None]

    uploader: Mapped["User | None"] = relationship()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own declaration

    @property
    def is_picture(self) -> bool:
        """Whether it is shown by `<img>`."""
        return self.kind in {"image", "drawing"}

    @property
    def lacks_alt(self) -> bool:
        """Whether someone has still to say what the picture shows, or that it says nothing."""
        return self.is_picture and not self.alt and not self.decorative


class MediaUse(Base):
    """A post that shows or offers a file, in what visitors see or in its working copy."""

    __tablename__ = "media_use"
    __table_args__ = (CheckConstraint("used_in IN ('live', 'working')", name="used_in"),)

    media_id: Mapped[int] = mapped_column(
        ForeignKey("media.id", ondelete="CASCADE"), primary_key=True
    )
    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    used_in: Mapped[str] = mapped_column(String(8), primary_key=True)
