"""Whether the installation is well, and what to do where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, literal, literal_column, select
from sqlalchemy.orm import Session

from shared import migrations
from shared.domain import jobs
from shared.domain.audit_checks import outcome_of
from shared.models import AuditCheck
from shared.runtime import Runtime
from shared.sqlite_driver import SAFE_VERSION

LATE: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Check:
    """One thing that is well or not, what to do about it, and the endpoint of its page.

    What is grave is said at the top of the dashboard too.
    """

    name: str
    good: bool
    said: str
    endpoint: str = ""
    is_grave: bool = False


def check_health(session: Session, runtime: Runtime, now: datetime) -> list[Check]:
    """Return what an owner should know of the installation, read in one query."""
    return list(_check(session, runtime, now))


def _check(session: Session, runtime: Runtime, now: datetime) -> Iterator[Check]:
    row = session.execute(_statement(now)).one()
    yield _database(session)
    if row.stands_at == migrations.head():
        said = _("At %(number)s, the newest", number=row.stands_at)
        yield Check(_("Migrations"), True, said)
    else:
        yield Check(_("Migrations"), False, _("Run `flask db upgrade`"))
    site_url = runtime.settings.site_url
    missing = _("SITE_URL is not set: feeds and links take the host of each request")
    yield Check(_("Address of the site"), bool(site_url), site_url or missing)
    yield _jobs(row, now)
    yield _audit(row, runtime, now)


def _statement(now: datetime) -> Select[Any]:
    check = AuditCheck.__table__
    one = select(literal(1).label("one")).subquery()
    return select(
        literal_column("(SELECT version_num FROM alembic_version)").label("stands_at"),
        *jobs.standing_columns(now),
        *check.columns,
    ).select_from(one.outerjoin(check, check.c.id == 1))


def _database(session: Session) -> Check:
    dialect = session.get_bind().dialect
    version: tuple[int, ...] = getattr(dialect, "server_version_info", None) or ()
    told = ".".join(map(str, version))
    if dialect.name != "sqlite":
        return Check(_("Database"), True, f"PostgreSQL {told}")
    if version and version < SAFE_VERSION:
        said = _("SQLite %(version)s may lose writes; 3.51.3 is the first safe", version=told)
        return Check(_("Database"), False, said)
    return Check(_("Database"), True, f"SQLite {told}")


def _jobs(row: Any, now: datetime) -> Check:
    if row.failed:
        said = ngettext(
            "%(num)s was given up: see `flask jobs list`",
            "%(num)s were given up: see `flask jobs list`",
            row.failed,
        )
        return Check(_("Jobs"), False, said)
    if row.late_since and now - row.late_since > LATE:
        return Check(_("Jobs"), False, _("Nobody does them: start `flask jobs run`"))
    return Check(_("Jobs"), True, _("None is late"))


def _audit(row: Any, runtime: Runtime, now: datetime) -> Check:
    name, page = _("Audit log"), "audit.verify"
    if row.id is None:
        return Check(name, True, _("Not checked yet"), page)
    found = outcome_of(row, runtime.key("audit"))
    if not found.is_good:
        return Check(name, False, _("It was tampered with"), page, is_grave=True)
    if found.is_late(now):
        return Check(name, False, _("Nobody has checked it for days"), page)
    return Check(name, True, _("Whole, when last checked"), page)
