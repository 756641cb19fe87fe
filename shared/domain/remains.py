"""What is left of a thing in the trash, so that it can come back."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.domain.documents import columns_of, dump
from shared.domain.work import Work
from shared.models import Base, Post, PostCategory, PostTag, Trashed

# The table and column that say which posts a row belongs to.
Link = tuple[type[PostTag | PostCategory], InstrumentedAttribute[int]]


def describe_row(row: Any, session: Session, link: Link | None = None) -> dict[str, Any]:
    """Return the columns of a row, and its posts with their versions."""
    model: type[Base] = type(row)
    document: dict[str, Any] = {"row": dump(row, columns_of(model)), "posts": []}
    if link:
        table, key = link
        posts = select(Post.id, Post.version).join(table, table.post_id == Post.id)
        found = session.execute(posts.where(key == row.id).order_by(Post.id))
        document["posts"] = [list(item) for item in found]
    return document


def keep_row(row: Any, label: str, detail: str, *, link: Link | None = None, work: Work) -> None:
    """Put a row that is about to be deleted into the trash."""
    document = describe_row(row, work.session, link)
    keep(row.__tablename__, row.id, label, detail=detail, document=document, work=work)


def keep(
    kind: str,
    object_id: int,
    label: str,
    *,
    detail: str = "",
    document: dict[str, Any] | None = None,
    work: Work,
) -> None:
    """Note what lies in the trash from now on, and what it was like."""
    forget(kind, object_id, work=work)
    work.session.add(
        Trashed(
            kind=kind,
            object_id=object_id,
            label=label[:200],
            detail=detail[:1000],
            document=document,
            by=work.actor.name,
            at=work.at,
        )
    )


def find(kind: str, object_id: int, *, work: Work) -> Trashed | None:
    """Return what is noted of something in the trash."""
    mine = Trashed.kind == kind, Trashed.object_id == object_id
    return work.session.scalar(select(Trashed).where(*mine))


def forget(kind: str, object_id: int, *, work: Work) -> None:
    """Note that something does not lie in the trash any more."""
    gone = delete(Trashed).where(Trashed.kind == kind, Trashed.object_id == object_id)
    work.session.execute(gone)
