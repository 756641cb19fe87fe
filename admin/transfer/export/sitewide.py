"""The files that speak of the site as a whole: settings, taxonomy, authors, redirects."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from admin.transfer.export.report import Report
from admin.transfer.export.scope import Scope
from shared.content.frontmatter import write_yaml
from shared.domain.redirects import post_path
from shared.domain.site import Site
from shared.models import Category, Media, Post, PostTag, Redirect, Tag, User
from shared.models.media import MIDDLE

FORMAT: Final = 1
BATCH: Final = 500
FOCUS: Final = ("focus_x", "focus_y")


def write_config(site: Site) -> str:
    """Return `_config.yml`: what makes the archive a Jekyll site with the addresses of this one.

    `triptych` tells the importer that texts need no conversion.
    """
    return write_yaml(
        {
            "title": site.title,
            "description": site.description or site.tagline,
            "lang": site.language,
            "timezone": site.timezone,
            "permalink": "/page/:title/",
            "markdown": "CommonMark",
            "exclude": ["working", "REPORT.txt", "*.yaml", "redirects.csv"],
            "defaults": [{"scope": {"path": ""}, "values": {"render_with_liquid": False}}],
            "triptych": FORMAT,
        }
    )


def write_site(site: Site, url: str, now: datetime) -> str:
    """Return `site.yaml`: the settings that the owner edits."""
    return write_yaml({**asdict(site), "url": url, "exported_at": now})


def write_categories(session: Session) -> str:
    """Return the tree of categories, parents before their children."""
    rows = session.execute(select(Category).order_by(Category.path)).scalars()
    return write_yaml(
        [{"path": row.path, "name": row.name, "description": row.description} for row in rows]
    )


def write_tags(session: Session, scope: Scope, now: datetime) -> str:
    """Return the tags; without drafts only those of public posts."""
    query = select(Tag).order_by(Tag.slug)
    if not scope.drafts:
        listed = select(PostTag.tag_id).join(Post, Post.id == PostTag.post_id)
        query = query.where(Tag.id.in_(listed.where(scope.posts(now))))
    return write_yaml(
        [
            {"slug": row.slug, "name": row.name, "description": row.description}
            for row in session.scalars(query)
        ]
    )


def write_media(session: Session) -> str:
    """Return what is said of each file, by the address that lasts."""
    names = ("path", "name", "alt", "decorative", "caption", "credit", "folder", *FOCUS)
    query = select(*(getattr(Media, name) for name in names)).where(Media.trashed_at.is_(None))
    rows = session.execute(query.order_by(Media.id))
    # What is not said takes no line; a path and a name always are.
    plain = {"focus_x": MIDDLE, "focus_y": MIDDLE}
    return write_yaml(
        [
            {
                name: value
                for name, value in row._asdict().items()
                if value and plain.get(name) != value
            }
            for row in rows
        ]
    )


def write_authors(session: Session, scope: Scope, now: datetime) -> str:
    """Return who wrote what goes out, by the name that visitors know and nothing more."""
    writers = select(Post.author_id).where(scope.posts(now))
    query = select(User.slug, User.name, User.bio).where(User.id.in_(writers))
    rows = session.execute(query.order_by(User.slug))
    return write_yaml([row._asdict() for row in rows])


def redirect_lines(
    session: Session, scope: Scope, now: datetime, report: Report
) -> Iterator[bytes]:
    """Yield `redirects.csv` a few hundred lines at a time."""
    yield _csv([("path", "target", "status")])
    query = select(
        *(Redirect.id, Redirect.path, Redirect.target, Redirect.status),
        *(Redirect.post_id, Post.kind, Post.slug),
    ).outerjoin(Post, Post.id == Redirect.post_id)
    query = query.where(or_(Redirect.post_id.is_(None), scope.posts(now)))
    query, last = query.order_by(Redirect.id).limit(BATCH), 0
    while rows := session.execute(query.where(Redirect.id > last)).all():
        yield _csv([(row.path, _target(row), row.status) for row in rows])
        report.counts["redirects"] += len(rows)
        last = rows[-1].id


def _target(row: Any) -> str:
    if row.post_id is None:
        return str(row.target)
    return post_path(Post(kind=row.kind, slug=row.slug))


def _csv(rows: list[tuple[Any, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode(errors="replace")
