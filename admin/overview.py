"""What the dashboard shows, read within a handful of queries however much there is."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session, load_only

from shared import migrations
from shared.domain.permissions import Permission
from shared.domain.work import Actor
from shared.models import ApiClient, AuditEvent, Post
from shared.page_counts import Totals, read_counts
from shared.runtime import Runtime
from shared.sqlite_driver import SAFE_VERSION

FEW, SOME, CAP = 6, 10, 1_000
RECENTLY = timedelta(days=1)
FREE_BYTES = 1_000_000  # with less, neither copies nor counts are written


@dataclass(frozen=True)
class Check:
    """One thing that is well or not, and what to do about it."""

    name: str
    good: bool
    said: str


@dataclass(frozen=True)
class Overview:
    """What is under way, and what happened last."""

    drafts: Sequence[Post]
    scheduled: Sequence[Post]
    activity: Sequence[AuditEvent]
    posts: int
    waiting: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet: the first steps are shown then."""
        return not (self.drafts or self.scheduled or self.posts)


def read_overview(session: Session, actor: Actor, now: datetime) -> Overview:
    """Read what the person may see of it: authors their own, editors everything."""
    draft = _posts(actor).where(Post.published_at.is_(None), Post.trashed_at.is_(None))
    later = _posts(actor).where(Post.published_at > now)
    known = select(Post.id).where(Post.kind == "post").limit(CAP + 1)
    return Overview(
        drafts=session.scalars(draft.order_by(Post.updated_at.desc()).limit(FEW)).all(),
        scheduled=session.scalars(later.order_by(Post.published_at).limit(FEW)).all(),
        activity=session.scalars(_activity(actor).limit(SOME)).all(),
        posts=session.scalar(select(func.count()).select_from(known.subquery())) or 0,
        waiting=_waiting_clients(session) if Permission.CLIENTS_EDIT in actor.permissions else 0,
    )


def _waiting_clients(session: Session) -> int:
    return session.scalar(select(func.count()).where(ApiClient.state == "pending")) or 0


def _posts(actor: Actor) -> Select[Post]:
    shown = load_only(Post.title, Post.kind, Post.published_at, Post.updated_at)
    query = select(Post).where(Post.kind == "post").options(shown)
    if Permission.POSTS_READ in actor.permissions:
        return query
    return query.where(Post.author_id == actor.user_id)


def _activity(actor: Actor) -> Select[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    if Permission.AUDIT_READ in actor.permissions:
        return query
    return query.where(AuditEvent.actor_kind == actor.kind, AuditEvent.actor_id == actor.id)


@dataclass(frozen=True)
class PagesKept:
    """How the site's pages were answered, and what is wrong with it.

    `stale_at` is when the database last did not answer, if that was in the last day.
    """

    totals: Totals
    is_failing: bool
    stale_at: datetime | None


def read_pages(instance: Path, now: datetime) -> PagesKept:
    """Read what the site's processes told of themselves, at most ten seconds ago."""
    folder = instance / "pages"
    totals = read_counts(folder)
    at = totals.stale_at
    return PagesKept(
        totals=totals,
        is_failing=totals.is_failing or (folder.exists() and not _is_writable(folder)),
        stale_at=at if at and now - at < RECENTLY else None,
    )


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free > FREE_BYTES


def check_health(session: Session, runtime: Runtime) -> list[Check]:
    """Return what an owner should know of the installation."""
    stands_at = session.scalar(text("SELECT version_num FROM alembic_version"))
    current = stands_at == migrations.head()
    return [
        _database(session),
        Check(
            _("Migrations"),
            current,
            _("At %(number)s, the newest", number=stands_at)
            if current
            else _("Run `flask db upgrade`"),
        ),
        Check(
            _("Address of the site"),
            bool(runtime.settings.site_url),
            runtime.settings.site_url
            or _("SITE_URL is not set: feeds and links take the host of each request"),
        ),
    ]


def _database(session: Session) -> Check:
    dialect = session.get_bind().dialect
    version: tuple[int, ...] = getattr(dialect, "server_version_info", None) or ()
    told = ".".join(map(str, version))
    if dialect.name != "sqlite":
        return Check(_("Database"), True, f"PostgreSQL {told}")
    if version and version < SAFE_VERSION:
        return Check(
            _("Database"),
            False,
            _("SQLite %(version)s may lose writes; 3.51.3 is the first safe", version=told),
        )
    return Check(_("Database"), True, f"SQLite {told}")
