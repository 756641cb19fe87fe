"""Links from post to post: what they lead to at a moment, and which post has which."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.content.own_links import Place, fill_in, find_targets
from shared.models.base import Base, UtcDateTime
from shared.models.post import Post
from shared.models.reads import read
from shared.urls import path_to


class PostLink(Base):
    """A post whose text, live or working, links to another by its number; that one may be gone."""

    __tablename__ = "post_link"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    target_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


_NOW: Any = bindparam("now", type_=UtcDateTime())
_PUBLIC: Final = select(Post.id, Post.kind, Post.slug, Post.title).where(
    Post.id.in_(bindparam("ids", expanding=True)), Post.public(_NOW)
)


def find_places(session: Session, ids: Collection[int], *, now: datetime) -> dict[int, Place]:
    """Return where the public ones of these posts and pages stand, by their numbers."""
    if not ids:
        return {}
    values = {"ids": sorted(ids), "now": now}
    rows = read(session, _PUBLIC, values, of=[f"post:{number}" for number in ids])
    return {row.id: Place(address_of(row.kind, row.slug), row.title) for row in rows}


def address_of(kind: str, slug: str) -> str:
    """Return the address of a post or page below the site's root."""
    if kind == "page":
        return path_to("frontend", "pages.show", path=slug)
    return path_to("frontend", "posts.show", slug=slug)


def fill_in_links(session: Session, texts: Sequence[str], *, now: datetime) -> list[str]:
    """Return rendered texts with their links to one's own posts as visitors may follow them."""
    places: Mapping[int, Place] = find_places(session, find_targets(texts), now=now)
    return [fill_in(text, places) for text in texts]
