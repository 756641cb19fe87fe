"""The chain of audit events: each carries a code over itself and the one before it.

Codes are HMAC-SHA256 (RFC 2104) with a key derived from the instance's master key, so that a
person with the database alone can neither change an event nor mend the chain behind it. Places
in the chain are given at commit, under a lock, last of all: so no writer waits for another's
work, and the order is that of the commits.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session

from shared.models import AuditEvent
from shared.saying import say

LOCK = 7_270_401  # an advisory lock's number, any that nobody else uses
GENESIS = "0" * 64
BATCH = 500


@dataclass(frozen=True)
class Broken:
    """The first event at which the chain does not hold, and why."""

    event_id: int
    number: int | None
    reason: str


def add(session: Session, item: AuditEvent) -> None:
    """Write an event and see to it that it takes its place in the chain at commit."""
    if "unsealed" not in session.info:
        session.info["unsealed"] = []
        event.listen(session, "before_commit", _seal)
    session.info["unsealed"].append(item)
    session.add(item)


def verify(session: Session, key: bytes) -> Broken | int:
    """Walk the whole chain; return the first broken link, or how many events hold."""
    before, number = GENESIS, 0
    for number, item in enumerate(_in_order(session), start=1):
        if item.number != number:
            return Broken(
                item.id, item.number, say("event %(number)s of the chain is missing", number=number)
            )
        if not hmac.compare_digest(item.mac, _code(item, before, key)):
            return Broken(item.id, item.number, say("the event was changed after it was written"))
        before = item.mac
    loose = session.scalar(select(AuditEvent.id).where(AuditEvent.number.is_(None)).limit(1))
    if loose is not None:
        return Broken(loose, None, say("the event was added outside the chain"))
    return number


def disguise(word: str, session: Session) -> str:
    """Return what stands for a word in the log: the same each time, and no way back to the word."""
    key: bytes = session.info["audit_key"]
    return hmac.new(key, b"disguise:" + word.encode(), hashlib.sha256).hexdigest()[:32]


def _in_order(session: Session) -> Iterator[AuditEvent]:
    last, full = 0, True
    while full:
        batch = session.scalars(
            select(AuditEvent)
            .where(AuditEvent.number > last)
            .order_by(AuditEvent.number)
            .limit(BATCH)
        ).all()
        yield from batch
        full = len(batch) == BATCH
        last = batch[-1].number or 0 if batch else last
        session.expunge_all()


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


def _code(item: AuditEvent, before: str, key: bytes) -> str:
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
