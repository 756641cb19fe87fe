"""Posts that a test begins with, and what the database says of them afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shared.domain.posts import Content, content_of, get_post
from shared.models import AuditEvent, Category, Post, Revision
from shared.runtime import Runtime
from tests.cast import Cast, make_post, work_of

if TYPE_CHECKING:
    from shared.domain.work import Work


@dataclass(frozen=True)
class Stored:
    """What is stored of a post."""

    status: str
    version: int
    saved: Content
    live: Content | None
    author: str
    published_at: datetime | None
    has_changes: bool
    notes: tuple[str, ...]

    @property
    def revisions(self) -> int:
        """How many revisions there are."""
        return len(self.notes)


def write(runtime: Runtime, who: str = "Ben", *, then: Any = None, **over: Any) -> int:
    """Make a post by someone, let `then(post, work)` happen to it, and return its id."""
    with runtime.database.writing() as session:
        author = getattr(Cast.load(session), who.lower())
        work = work_of(session, author, runtime.clock())
        over.setdefault("published", who != "Con")
        post = make_post(work, **over)
        if then is not None:
            then(post, work)
        session.commit()
        return post.id


def change(runtime: Runtime, post_id: int, verb: Any, who: str = "Ben", **given: Any) -> None:
    """Let someone do something to a post behind everybody's back."""
    with runtime.database.writing() as session:
        work: Work = work_of(session, getattr(Cast.load(session), who.lower()), runtime.clock())
        verb(get_post(session, post_id), **given, work=work)
        session.commit()


def read(runtime: Runtime, post_id: int) -> Stored:
    """Return what is stored of a post."""
    with runtime.database.reading() as session:
        post = get_post(session, post_id)
        history = select(Revision.note).where(Revision.post_id == post_id)
        return Stored(
            status=post.status(runtime.clock()),
            version=post.version,
            saved=content_of(post),
            live=content_of(post, live=True) if post.live else None,
            author=post.author.name if post.author else "",
            published_at=post.published_at,
            has_changes=post.live is not None and post.working is not None,
            notes=tuple(session.scalars(history.order_by(Revision.number))),
        )


def count(runtime: Runtime) -> tuple[int, int, int]:
    """Count posts, revisions and audit events, to show that nothing was written."""
    with runtime.database.reading() as session:
        tables = (Post, Revision, AuditEvent)
        counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
        return counts[0], counts[1], counts[2]


def add_category(runtime: Runtime, name: str, path: str = "") -> int:
    """Make a category and return its id."""
    with runtime.database.writing() as session:
        now = runtime.clock()
        slug = path.rpartition("/")[2] or name.lower()
        category = Category(
            name=name, slug=slug, path=path or slug, created_at=now, updated_at=now, version=1
        )
        session.add(category)
        session.commit()
        return category.id
