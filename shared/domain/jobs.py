"""Verbs on work that is owed: owe it in the transaction that calls for it, take it, end it.

A job may be done twice (its holder was killed after the work and before the word of it), so
handlers must bear that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from typing import Any, Final

from sqlalchemy import Label, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from shared.db import insert_missing
from shared.domain.errors import NotFound
from shared.domain.work import Work
from shared.models import Job
from shared.saying import say

LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 12
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(hours=6)
KEPT: Final = timedelta(days=7)
MOST_OF_AN_ERROR: Final = 1_000
CAME_TO_NOTHING: Final = "each worker that began it ended before it did"


def enqueue(
    work: Work,
    kind: str,
    *,
    key: str | None = None,
    at: datetime | None = None,
    urgent: bool = False,
    **data: Any,
) -> Job:
    """Owe a piece of work from the commit of this transaction on, or from `at`; return the job.

    While a job with the same `key` is open it is returned instead, due at once and with this
    data: whoever is doing it is asked to do it once more. `urgent` ones, such as a mail that
    somebody waits for, come before all others.
    """
    job = _owed(kind, key, work=work) if key else _new(kind, work=work)
    job.data, job.urgent, job.due_at = data, urgent, at or work.at
    job.holder, job.held_until = "", None
    work.flush()
    return job


def _new(kind: str, *, work: Work) -> Job:
    job = Job(kind=kind, created_at=work.at, attempts=0, holder="", error="")
    work.session.add(job)
    return job


def _owed(kind: str, key: str, *, work: Work) -> Job:
    """Return the open job of a key, held until the work ends; a new one where there is none."""
    session, job = work.session, None
    known = select(Job).where(Job.key == key).with_for_update()
    known = known.execution_options(populate_existing=True)
    new = {"created_at": work.at, "due_at": work.at, "attempts": 0, "holder": "", "error": ""}
    while job is None:  # its holder may end it, and another owe it, between these two
        insert_missing(session, Job, kind=kind, key=key, data={}, urgent=False, **new)
        job = session.scalar(known)
    return job


def was_owed(session: Session, kind: str, since: datetime) -> bool:
    """Tell whether a job of a kind is open, or was owed since an instant."""
    lately = or_(Job.finished_at.is_(None), Job.created_at > since)
    return session.scalar(select(Job.id).where(Job.kind == kind, lately).limit(1)) is not None


def is_open(session: Session, key: str) -> bool:
    """Tell whether the job with this key waits or is being done."""
    return session.scalar(select(Job.id).where(Job.key == key)) is not None


@dataclass(frozen=True)
class Taken:
    """A job in somebody's hands; `attempts` counts this one."""

    id: int
    kind: str
    data: dict[str, Any]
    attempts: int
    holder: str


def has_due(session: Session, now: datetime) -> bool:
    """Tell whether any job could be taken now."""
    found = session.connection().execute(select(Job.id).where(_free(now)).limit(1))
    return found.first() is not None


def take(session: Session, holder: str, now: datetime) -> Taken | None:
    """Give the most pressing job to `holder` for the time of a lease; the caller commits.

    One whose holders all came to their end over it, such as for want of memory, is given up.
    """
    wanted = select(Job).where(_free(now)).order_by(Job.urgent.desc(), Job.due_at, Job.id)
    wanted = wanted.limit(1).with_for_update(skip_locked=True)
    while (job := session.scalar(wanted)) is not None and job.attempts >= MOST_ATTEMPTS:
        job.finished_at = job.failed_at = now
        job.key, job.holder, job.held_until, job.error = None, "", None, CAME_TO_NOTHING
        session.flush()
    if job is None:
        return None
    job.holder, job.held_until, job.attempts = holder, now + LEASE, job.attempts + 1
    session.flush()
    return Taken(job.id, job.kind, dict(job.data), job.attempts, holder)


def hold(session: Session, taken: Taken, now: datetime) -> bool:
    """Renew a lease; False when the job was taken over or ordered anew meanwhile."""
    return _change(session, taken, held_until=now + LEASE)


def finish(session: Session, taken: Taken, now: datetime) -> bool:
    """Note that a job is done; False when it was ordered anew while it was being done."""
    done = {"finished_at": now, "key": None, "holder": "", "held_until": None, "error": ""}
    return _change(session, taken, **done)


def postpone(session: Session, taken: Taken, reason: str, now: datetime) -> bool:
    """Try a job again after a pause that doubles, or give it up after MOST_ATTEMPTS."""
    if taken.attempts >= MOST_ATTEMPTS:
        return give_up(session, taken, reason, now)
    pause = min(FIRST_PAUSE * 2 ** (taken.attempts - 1), LONGEST_PAUSE) * uniform(0.8, 1.2)  # noqa: S311 - spreads load, keeps no secret
    freed = {"holder": "", "held_until": None, "due_at": now + pause}
    return _change(session, taken, error=reason[:MOST_OF_AN_ERROR], **freed)


def give_up(session: Session, taken: Taken, reason: str, now: datetime) -> bool:
    """Note that a job cannot be done; it is kept, and can be tried again by hand."""
    ended = {"finished_at": now, "failed_at": now, "key": None, "holder": "", "held_until": None}
    return _change(session, taken, error=reason[:MOST_OF_AN_ERROR], **ended)


def retry(session: Session, job_id: int, now: datetime) -> Job:
    """Open a job again that was given up, or make one that waits due now; raises NotFound."""
    job = session.get(Job, job_id)
    if job is None or (job.finished_at is not None and job.failed_at is None):
        raise NotFound(say("There is no job %(id)s that could be tried again.", id=job_id))
    job.finished_at = job.failed_at = None
    job.due_at, job.attempts = now, 0
    session.flush()
    return job


def forget_old(session: Session, now: datetime) -> int:
    """Delete jobs that were done or given up over a week ago; return how many."""
    gone = delete(Job).where(Job.finished_at < now - KEPT).returning(Job.id)
    return len(session.scalars(gone).all())


@dataclass(frozen=True)
class Standing:
    """How many jobs wait and were given up, and since when the oldest that is due has waited."""

    waiting: int
    failed: int
    late_since: datetime | None


def standing(session: Session, now: datetime) -> Standing:
    """Return how the jobs stand."""
    return Standing(*session.execute(select(*standing_columns(now))).one())


def standing_columns(now: datetime) -> tuple[Label[Any], ...]:
    """Return the three numbers of a Standing as columns, for a query that asks for more."""
    count = select(func.count(Job.id))
    return (
        count.where(Job.finished_at.is_(None)).scalar_subquery().label("waiting"),
        count.where(Job.failed_at.is_not(None)).scalar_subquery().label("failed"),
        select(func.min(Job.due_at)).where(_free(now)).scalar_subquery().label("late_since"),
    )


def list_jobs(session: Session, *, limit: int = 100) -> Sequence[Job]:
    """Return the open jobs and those given up, the most pressing first."""
    wanted = or_(Job.finished_at.is_(None), Job.failed_at.is_not(None))
    order = (Job.failed_at.is_not(None), Job.urgent.desc(), Job.due_at, Job.id)
    return session.scalars(select(Job).where(wanted).order_by(*order).limit(limit)).all()


def _free(now: datetime) -> Any:
    unheld = or_(Job.held_until.is_(None), Job.held_until < now)
    return and_(Job.finished_at.is_(None), Job.due_at <= now, unheld)


def _change(session: Session, taken: Taken, **values: Any) -> bool:
    mine = and_(Job.id == taken.id, Job.holder == taken.holder, Job.finished_at.is_(None))
    changed = update(Job).where(mine).values(**values).returning(Job.id)
    return session.scalar(changed) is not None
