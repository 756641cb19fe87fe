"""Mails: owed in the transaction that calls for them, sent by a job, shown until they are old."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shared.content.lines import one_line, plain_lines
from shared.domain.errors import Conflict
from shared.domain.jobs import MOST_ATTEMPTS, enqueue
from shared.domain.permissions import Permission
from shared.domain.work import Work
from shared.models import Mail
from shared.saying import say

KIND: Final = "mail"
KEPT: Final = timedelta(days=90)


def owe_mail(
    work: Work, *, to: str, subject: str, text: str, expires_at: datetime | None = None
) -> Mail:
    """Owe a mail from the commit of this transaction on; return its row.

    Ask `Settings.sends_mail` first: where no mail server is set it fails, and says so to the owner.
    Links in it are absolute and come from the settings, never from the request's host. After
    `expires_at`, when a link in it has run out, it is not sent any more.
    """
    mail = Mail(
        address=to.strip()[:254],
        subject=one_line(subject)[:300],
        text=plain_lines(text),
        created_at=work.at,
        expires_at=expires_at,
        attempts=0,
        error="",
    )
    work.session.add(mail)
    work.flush()
    enqueue(work, KIND, key=f"mail:{mail.id}", urgent=True, mail=mail.id)
    return mail


def state_of(mail: Mail) -> str:
    """Return `sent`, `failed`, `late` (tried in vain, will be again) or `waiting`."""
    if mail.sent_at is not None:
        return "sent"
    if mail.failed_at is not None:
        return "failed"
    return "late" if mail.attempts else "waiting"


def retry_mail(mail: Mail, *, work: Work) -> None:
    """Send a mail again that failed, or one that waits for its next attempt at once."""
    work.require(Permission.MAIL_READ)
    if mail.sent_at is not None:
        raise Conflict(say("This mail was sent; what it said is erased."))
    mail.failed_at, mail.attempts = None, 0
    enqueue(work, KIND, key=f"mail:{mail.id}", urgent=True, mail=mail.id).attempts = 0
    work.record("mail.retried", mail, mail.subject)


def note_sent(mail: Mail, *, at: datetime) -> None:
    """Note that a mail is out, and erase what it said: links in it open accounts."""
    mail.attempts, mail.tried_at, mail.sent_at = mail.attempts + 1, at, at
    mail.text = mail.error = ""


def note_refused(mail: Mail, reason: str, *, for_good: bool, at: datetime) -> bool:
    """Note that a mail could not be sent; return whether it is given up."""
    mail.attempts, mail.tried_at, mail.error = mail.attempts + 1, at, one_line(reason)[:500]
    if for_good or mail.attempts >= MOST_ATTEMPTS:
        mail.failed_at = at
    return mail.failed_at is not None


def forget_mails(session: Session, *, at: datetime) -> int:
    """Delete what was sent or given up long ago; return how many."""
    ended = Mail.sent_at.is_not(None) | Mail.failed_at.is_not(None)
    gone = delete(Mail).where(Mail.created_at < at - KEPT, ended).returning(Mail.id)
    return len(session.scalars(gone).all())


@dataclass(frozen=True)
class Standing:
    """How many mails wait after an attempt in vain, and how many were given up."""

    late: int
    failed: int


def standing(session: Session) -> Standing:
    """Return how the mails stand."""
    is_open = Mail.sent_at.is_(None) & Mail.failed_at.is_(None)
    late = select(func.count()).where(is_open, Mail.attempts > 0)
    failed = select(func.count()).where(Mail.failed_at.is_not(None))
    return Standing(session.scalar(late) or 0, session.scalar(failed) or 0)
