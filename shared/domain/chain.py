"""The chain of audit events: each carries a code over itself and the one before it.

Codes are HMAC-SHA256 (RFC 2104) with a key derived from the instance's master key, so that a
person with the database alone can neither change an event nor mend the chain behind it. Places
in the chain are given at commit, under a lock, last of all: so no writer waits for another's
work, and the order is that of the commits.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session

from shared.models import AuditEvent
from shared.saying import Saying, say

LOCK = 7_270_401  # an advisory lock's number, any that nobody else uses
GENESIS = "0" * 64
BATCH = 500
SEALED = (
    AuditEvent.id,
    AuditEvent.number,
    AuditEvent.mac,
    AuditEvent.at,
    AuditEvent.actor_kind,
    AuditEvent.actor_id,
    AuditEvent.actor_name,
    AuditEvent.action,
    AuditEvent.object_kind,
    AuditEvent.object_id,
    AuditEvent.object_label,
    AuditEvent.data,
    AuditEvent.request_id,
)


Problem = Literal["missing", "changed", "cut", "loose"]


@dataclass(frozen=True)
class Mark:
    """A place in the chain: the number of an event and its code."""

    number: int = 0
    mac: str = GENESIS


BEGINNING = Mark()


@dataclass(frozen=True)
class Broken:
    """The first event at which the chain does not hold, and why.

    `expected` is the number of the event that should be there; no event is named when the chain
    ends too early.
    """

    event_id: int | None
    number: int | None
    problem: Problem
    expected: int | None = None

    @property
    def reason(self) -> Saying:
        """Why it does not hold, in words."""
        return {
            "missing": say("event %(number)s of the chain is missing", number=self.expected),
            "changed": say("the event was changed after it was written"),
            "cut": say(
                "event %(number)s, which an earlier check saw, is gone or another",
                number=self.expected,
            ),
            "loose": say("the event was added outside the chain"),
        }[self.problem]


def add(session: Session, item: AuditEvent) -> None:
    """Write an event and see to it that it takes its place in the chain at commit."""
    if "unsealed" not in session.info:
        session.info["unsealed"] = []
        event.listen(session, "before_commit", _seal)
    session.info["unsealed"].append(item)
    session.add(item)


def verify(session: Session, key: bytes) -> Broken | int:
    """Walk the whole chain; return the first broken link, or how many events hold."""
    found = walk(session, key)
    return found if isinstance(found, Broken) else found.number


def walk(
    session: Session, key: bytes, *, start: Mark = BEGINNING, through: Iterable[Mark] = ()
) -> Broken | Mark:
    """Walk the chain from behind a mark; return the first broken link, or where it ends.

    The event of `start` must still be there as it was, and so must those of `through`.
    """
    seen = {mark.number: mark for mark in through if mark.number}
    if start.number and not _is_there(session, start):
        return Broken(None, start.number, "cut", start.number)
    last = start
    for item in _in_order(session, start.number):
        if item.number != last.number + 1:
            return Broken(item.id, item.number, "missing", last.number + 1)
        if not hmac.compare_digest(item.mac, _code(item, last.mac, key)):
            return Broken(item.id, item.number, "changed")
        last = Mark(item.number, item.mac)
        if seen.get(last.number, last) != last:
            return Broken(item.id, item.number, "cut", last.number)
    if seen and max(seen) > last.number:
        return Broken(None, max(seen), "cut", last.number + 1)
    loose = session.scalar(select(AuditEvent.id).where(AuditEvent.number.is_(None)).limit(1))
    return last if loose is None else Broken(loose, None, "loose")


def disguise(word: str, session: Session) -> str:
    """Return what stands for a word in the log: the same each time, and no way back to the word."""
    key: bytes = session.info["audit_key"]
    return hmac.new(key, b"disguise:" + word.encode(), hashlib.sha256).hexdigest()[:32]


def _is_there(session: Session, mark: Mark) -> bool:
    mac = session.scalar(select(AuditEvent.mac).where(AuditEvent.number == mark.number))
    return mac is not None and hmac.compare_digest(mac, mark.mac)


def _in_order(session: Session, after: int) -> Iterator[Any]:
    """Read what the codes are over, as plain rows: objects would take three times as long."""
    full = True
    while full:
        following = select(*SEALED).where(AuditEvent.number > after)
        batch = session.execute(following.order_by(AuditEvent.number).limit(BATCH)).all()
        yield from batch
        full = len(batch) == BATCH
        after = batch[-1].number if batch else after


def _seal(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint is no commit
        return
    session.flush()
    mine = [item for item in session.info["unsealed"] if inspect(item).persistent]
    session.info["unsealed"].clear()
    if not mine:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    number, before = _last(session)
    for item in mine:
        number += 1
        item.number = number
        item.mac = before = _code(item, before, session.info["audit_key"])
    session.flush()


def _last(session: Session) -> tuple[int, str]:
    row = session.execute(
        select(AuditEvent.number, AuditEvent.mac)
        .where(AuditEvent.number.is_not(None))
        .order_by(AuditEvent.number.desc())
        .limit(1)
    ).first()
    return (row.number or 0, row.mac) if row else (0, GENESIS)


def _code(item: Any, before: str, key: bytes) -> str:
    told = [
        before,
        item.number,
        item.at.isoformat(),
        item.actor_kind,
        item.actor_id,
        item.actor_name,
        item.action,
        item.object_kind,
        item.object_id,
        item.object_label,
        item.data,
        item.request_id,
    ]
    message = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
