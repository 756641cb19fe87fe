"""Putting everything back that an act changed, or nothing, and saying what stands against it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, DomainError
from shared.domain.undo.kinds import KINDS
from shared.domain.undo.offers import UndoOffer, find_offer, offer_undo, read_marks
from shared.domain.undo.steps import Change, Step
from shared.domain.work import Work
from shared.models import AuditEvent
from shared.saying import say


class ChangedSince(Conflict):
    """Some of it was changed since; `left` tells how many things could still be put back."""

    def __init__(self, changes: Sequence[Change], left: int) -> None:
        super().__init__(say("This was changed since, so nothing was put back."))
        self.changes, self.left = list(changes), left


def take_back(offer_id: int, *, rest: bool = False, work: Work) -> UndoOffer:
    """Put back what an act changed; returns an offer to do the act again.

    Raises ChangedSince when some of it was changed since, unless only the `rest` is asked for;
    then what was changed stays as it is. Raises NotFound for the offer of another person, and
    Conflict for one that has expired or was taken up.
    """
    row = find_offer(work.session, offer_id, work.actor)
    offer = UndoOffer.of(row)
    steps, changes = _choose(offer, rest=rest, work=work)
    now = [KINDS[step.kind].forget(step, work.session) for step in steps]
    done = _put_back(steps, changes, rest=rest, work=work)
    row.undone_at, row.undone_by = work.at, work.actor.name
    again = [step for step in now if (step.kind, step.id) in done]
    return offer_undo(work, offer.sentence, again, takes_back=offer.id)


def choose_steps(offer: UndoOffer, *, rest: bool = False, work: Work) -> list[Step]:
    """Return what can be put back, in the order of it; raises what `take_back` raises."""
    return _choose(offer, rest=rest, work=work)[0]


def _choose(offer: UndoOffer, *, rest: bool, work: Work) -> tuple[list[Step], list[Change]]:
    _check_open(offer, work)
    found = _compare(offer, work.session)
    changes = [change for _, some in found for change in some]
    untouched = [step for step, some in found if not any(change.whole for change in some)]
    steps = untouched[::-1]  # what went last comes back first
    if changes and not (rest and steps):
        raise ChangedSince(changes, len(steps))
    return steps, changes


def find_changes(offer: UndoOffer, session: Session) -> list[Change]:
    """Return what was changed since, by whom and when, as far as the log tells."""
    return [change for _, some in _compare(offer, session) for change in some]


def _compare(offer: UndoOffer, session: Session) -> list[tuple[Step, list[Change]]]:
    """Return each step with what stands against it."""
    marks = read_marks(offer.steps, session)
    found = []
    for step in offer.steps:
        mark = marks.get((step.kind, step.id))
        changes = KINDS[step.kind].find_changes(step, mark, session)
        found.append((step, [_told(change, step.event, session) for change in changes]))
    return found


def _told(change: Change, event: int, session: Session) -> Change:
    """Say who changed it last, when and how."""
    last = session.scalar(
        select(AuditEvent)
        .where(
            AuditEvent.object_kind == change.kind,
            AuditEvent.object_id == (change.id or None),  # settings have no number
            AuditEvent.id > event,
        )
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    if last is None:
        return change
    return replace(change, by=last.actor_name, at=last.at, action=last.action)


def _put_back(
    steps: Sequence[Step], changes: Sequence[Change], *, rest: bool, work: Work
) -> set[tuple[str, int]]:
    """Put everything back, or raise ChangedSince naming what is refused."""
    without = frozenset(change.id for change in changes if not change.whole)
    done, refused = set(), list(changes)
    for step in steps:
        try:
            with work.session.begin_nested():
                KINDS[step.kind].put_back(step, without=without, work=work)
        except DomainError as error:
            told = Change(kind=step.kind, id=step.id, label=step.label, reason=error.message)
            refused.append(told)
        else:
            done.add((step.kind, step.id))
    if len(done) < len(steps) and not (rest and done):
        raise ChangedSince(refused, len(done))
    return done


def _check_open(offer: UndoOffer, work: Work) -> None:
    if offer.undone_at is not None:
        raise Conflict(say("%(who)s has undone this already.", who=offer.undone_by))
    if not offer.is_open(work.at):
        raise Conflict(say("This can no longer be undone: half an hour has passed."))
