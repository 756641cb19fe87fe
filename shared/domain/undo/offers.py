"""Offers: made right after an act, kept a week, and good for half an hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shared.domain.errors import NotFound
from shared.domain.permissions import Permission
from shared.domain.undo.kinds import KINDS, kind_of
from shared.domain.undo.rows import chunks
from shared.domain.undo.steps import Step
from shared.domain.work import Actor, Work
from shared.models import AuditEvent, Undo
from shared.saying import Saying, say

VALID: Final = timedelta(minutes=30)
KEPT: Final = timedelta(days=7)


@dataclass(frozen=True)
class UndoOffer:
    """What was done, by whom and when, and whether it can still be taken back."""

    id: int
    sentence: Saying
    by: str
    at: datetime
    expires_at: datetime
    steps: tuple[Step, ...]
    undone_at: datetime | None
    undone_by: str
    takes_back: int | None

    @classmethod
    def of(cls, row: Undo) -> "UndoOffer":
        """Read a stored offer."""
        return cls(
            id=row.id,
            sentence=say(row.pattern, **row.said),
            by=row.actor_name,
            at=row.at,
            expires_at=row.expires_at,
            steps=tuple(map(Step.from_document, row.steps)),
            undone_at=row.undone_at,
            undone_by=row.undone_by,
            takes_back=row.takes_back,
        )

    def is_open(self, now: datetime) -> bool:
        """Tell whether it was neither taken back yet nor left too long."""
        return self.undone_at is None and now < self.expires_at


def remember(thing: Any, *, work: Work) -> Step:
    """Return what a thing is like before something is done to it."""
    return kind_of(thing).remember(thing, work.session)


def remember_there(kind: str, number: int, label: str, *, work: Work) -> Step:
    """Return what a thing is like now that may not be there, such as one that is in the trash."""
    return KINDS[kind].forget(Step(kind=kind, id=number, label=label, back=None), work.session)


def offer_undo(
    work: Work,
    sentence: Saying,
    steps: Sequence[Step],
    *,
    takes_back: int | None = None,
    are_sealed: bool = False,
) -> UndoOffer:
    """Let the actor take back for half an hour what was just done to the things remembered.

    It is part of the same unit of work; `sentence` says what was done. Steps of an act in parts
    `are_sealed` already, each after its own part.
    """
    work.flush()
    forgotten = delete(Undo).where(Undo.at < work.at - KEPT)
    work.session.execute(forgotten, execution_options={"synchronize_session": False})
    sealed = steps if are_sealed else seal(steps, work.session)
    row = Undo(
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
        actor_name=work.actor.name,
        at=work.at,
        expires_at=work.at + VALID,
        pattern=sentence.pattern,
        said=dict(sentence.values),
        steps=[step.as_document() for step in sealed],
        takes_back=takes_back,
    )
    work.session.add(row)
    work.flush()
    return UndoOffer.of(row)


def seal(steps: Sequence[Step], session: Session) -> list[Step]:
    """Return steps with what is true of their things right after the act."""
    marks, events = read_marks(steps, session), _read_events(steps, session)
    newest = session.scalar(select(func.max(AuditEvent.id))) or 0
    return [
        step.sealed(marks.get((step.kind, step.id)), events.get((step.kind, step.id), newest))
        for step in steps
    ]


def list_offers(
    session: Session, actor: Actor, *, most: int = 50, before: int | None = None
) -> list[UndoOffer]:
    """Return the last acts of an actor, newest first; owners see everyone's."""
    wanted = select(Undo).where(*_own(actor))
    if before is not None:
        wanted = wanted.where(Undo.id < before)
    newest = wanted.order_by(Undo.id.desc()).limit(most)
    return [UndoOffer.of(row) for row in session.scalars(newest)]


def find_offer(session: Session, offer_id: int, actor: Actor) -> Undo:
    """Return the row of an offer that an actor may take up; raises NotFound."""
    found = select(Undo).where(Undo.id == offer_id, *_own(actor)).with_for_update()
    row = session.scalar(found)
    if row is None:
        raise NotFound(say("There is nothing to undo here."))
    return row


def _own(actor: Actor) -> list[Any]:
    """Return the conditions on the offers of an actor; who may do all sees all."""
    if actor.permissions >= frozenset(Permission):
        return []
    return [Undo.actor_kind == actor.kind, Undo.actor_id == actor.id]


def read_marks(steps: Iterable[Step], session: Session) -> dict[tuple[str, int], Any]:
    """Return the present version of each thing that is there."""
    return {
        (kind, number): mark
        for kind, those in _by_kind(steps)
        for some in chunks(those)
        for number, mark in KINDS[kind].marks(some, session).items()
    }


def _read_events(steps: Iterable[Step], session: Session) -> dict[tuple[str, int], int]:
    """Return the number of the last event about each thing."""
    last = select(AuditEvent.object_id, func.max(AuditEvent.id)).group_by(AuditEvent.object_id)
    found: dict[tuple[str, int], int] = {}
    for kind, those in _by_kind(steps):
        for some in chunks(those):
            ids = [step.id for step in some]
            about = (AuditEvent.object_kind == kind, AuditEvent.object_id.in_(ids))
            for number, event in session.execute(last.where(*about)):
                found[kind, number or 0] = event
    return found


def _by_kind(steps: Iterable[Step]) -> list[tuple[str, list[Step]]]:
    ordered = sorted(steps, key=attrgetter("kind"))
    return [(kind, list(some)) for kind, some in groupby(ordered, attrgetter("kind"))]
