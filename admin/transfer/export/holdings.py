"""How much an archive will hold, told before anybody asks for it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.transfer.export.files import walk_media
from shared.models import Category, Post, Redirect, Tag


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """Counts; `hidden` is what visitors do not see, `size` the bytes of all media."""

    posts: int
    pages: int
    hidden: int
    working: int
    trashed: int
    categories: int
    tags: int
    redirects: int
    files: int
    size: int


def count_holdings(session: Session, instance: Path, now: datetime) -> Holdings:
    """Count what there is, in two queries and one walk over the media."""
    kept, public = Post.trashed_at.is_(None), Post.public(now)
    changed = (Post.live_id.is_not(None), Post.working_id.is_not(None))
    conditions = {
        "posts": (Post.kind == "post", public),
        "pages": (Post.kind == "page", public),
        "hidden": (kept, func.coalesce(~public, True)),
        "working": (kept, *changed),
        "trashed": (~kept,),
    }
    counts = session.execute(
        select(*(func.count().filter(*parts).label(name) for name, parts in conditions.items()))
    ).one()
    tables = {"categories": Category, "tags": Tag, "redirects": Redirect}
    totals = session.execute(
        select(
            *(
                select(func.count()).select_from(table).scalar_subquery().label(name)
                for name, table in tables.items()
            )
        )
    ).one()
    sizes = [file.size for file in walk_media(instance)]
    return Holdings(**counts._asdict(), **totals._asdict(), files=len(sizes), size=sum(sizes))
