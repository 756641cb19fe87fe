"""Checks of the audit log that are kept: new events every day, the whole chain every week.

A check goes on from the last one's mark, which is believed because it is sealed with the key of the
chain. So an event that was checked before and is changed later shows at the next whole walk, at the
latest after a week; an event that is new, cut off, or added past the verbs shows within a day.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.domain.chain import BEGINNING, Broken, Mark, walk
from shared.models import AuditCheck, AuditEvent

KIND: Final = "audit.verify"
DAILY: Final = timedelta(days=1)
WEEKLY: Final = timedelta(days=7)
LATE: Final = timedelta(days=3)


@dataclass(frozen=True)
class Outcome:
    """What a check found: the chain held up to `mark`; `whole_at` is when all of it last did.

    `is_forged`: the row itself was written without the key, so nothing in it can be believed.
    """

    at: datetime
    whole_at: datetime | None
    mark: Mark
    broken: Broken | None = None
    is_forged: bool = False

    @property
    def is_good(self) -> bool:
        """Whether the chain held."""
        return self.broken is None and not self.is_forged

    def needs_whole(self, now: datetime) -> bool:
        """Tell whether the next check must begin with the first event."""
        return not self.is_good or self.whole_at is None or now - self.whole_at >= WEEKLY

    def is_late(self, now: datetime) -> bool:
        """Tell whether the next check is overdue: nobody may be checking any more."""
        return now - self.at > LATE


def check_chain(
    session: Session, key: bytes, now: datetime, *, whole: bool = False, seen: Mark = BEGINNING
) -> Outcome:
    """Check what is new since the last check, or all where that is due, asked for or not to be had.

    The whole walk must pass what the last check saw, and `seen`: so a chain that was cut off shows.
    """
    last = read_outcome(session, key)
    known = last.mark if last is not None and not last.is_forged else BEGINNING
    whole = whole or bool(seen.number) or last is None or last.needs_whole(now)
    start = BEGINNING if whole else known
    found = walk(session, key, start=start, through=(known, seen))
    whole_at = last.whole_at if last is not None and not last.is_forged else None
    if isinstance(found, Broken):
        return Outcome(now, whole_at, known, found)
    return Outcome(now, now if whole else whole_at, found)


def keep_outcome(session: Session, outcome: Outcome, key: bytes) -> None:
    """Put an outcome in the place of the last one; the caller commits."""
    row = AuditCheck(
        id=1,
        checked_at=outcome.at,
        whole_at=outcome.whole_at,
        number=outcome.mark.number,
        mac=outcome.mark.mac,
        broken=asdict(outcome.broken) if outcome.broken else None,
    )
    row.seal = _seal(row, key)
    session.merge(row)
    session.flush()


def read_outcome(session: Session, key: bytes) -> Outcome | None:
    """Return what the last check found, None where there was none."""
    row = session.execute(select(*AuditCheck.__table__.columns)).first()
    return outcome_of(row, key) if row is not None else None


def outcome_of(row: Any, key: bytes) -> Outcome:
    """Return what a row of the table says, if it was written with the key."""
    is_forged = not hmac.compare_digest(row.seal, _seal(row, key))
    broken = Broken(**row.broken) if row.broken and not is_forged else None
    return Outcome(row.checked_at, row.whole_at, Mark(row.number, row.mac), broken, is_forged)


def count_unchecked(session: Session, outcome: Outcome | None) -> int:
    """Return how many events there are at most behind the mark of a check."""
    last = session.scalar(select(func.max(AuditEvent.number))) or 0
    return last - (outcome.mark.number if outcome is not None and outcome.is_good else 0)


def _seal(row: Any, key: bytes) -> str:
    told = [
        row.checked_at.isoformat(),
        row.whole_at.isoformat() if row.whole_at else None,
        row.number,
        row.mac,
        row.broken,
    ]
    message = "check:" + json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
