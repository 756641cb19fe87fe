"""Taking back what was done to very many: part after part, each a unit of work of its own."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, DomainError, NotFound
from shared.domain.undo.kinds import KINDS
from shared.domain.undo.offers import UndoOffer, find_offer, offer_undo, read_marks, seal
from shared.domain.undo.steps import Step
from shared.domain.undo.taking_back import choose_steps
from shared.domain.work import Work, check_version
from shared.models import BulkRun, Comment, Media, Post, Undo
from shared.saying import Saying, say

SCREEN: Final = "undo"
PART: Final = 50
# Kinds of which one thing does not know of another, so that a part may come before the rest.
APART: Final = frozenset(kind.__tablename__ for kind in (Post, Comment, Media))


def goes_in_parts(offer_id: int, *, work: Work) -> bool:
    """Tell whether an act on things of one kind is too long to be taken back at once.

    Raises NotFound for the offer of another person.
    """
    steps = find_offer(work.session, offer_id, work.actor).steps
    kinds = {step["kind"] for step in steps}
    return len(steps) > PART and len(kinds) == 1 and kinds <= APART


def begin_taking_back(offer_id: int, *, rest: bool = False, back: str = "", work: Work) -> BulkRun:
    """Take an offer up, to be carried out by `go_on`; raises what `take_back` raises.

    `waiting` are the ids of the things; the offer cannot expire any more.
    """
    row = find_offer(work.session, offer_id, work.actor)
    offer = UndoOffer.of(row)
    steps = choose_steps(offer, rest=rest, work=work)
    row.undone_at, row.undone_by = work.at, work.actor.name
    run = BulkRun(
        user_id=work.actor.user_id,
        version=1,
        screen=SCREEN,
        action="take_back",
        given={"value": offer_id},
        waiting=[step.id for step in steps],
        refused=[],
        steps=[],
        total=len(steps),
        done=0,
        back=back,
        created_at=work.at,
        updated_at=work.at,
    )
    work.session.add(run)
    work.flush()
    return run


def get_run(run_id: int, *, work: Work) -> BulkRun:
    """Return what the actor is taking back in parts; raises NotFound."""
    mine = BulkRun.id == run_id, BulkRun.screen == SCREEN, BulkRun.user_id == work.actor.user_id
    found = work.session.scalar(select(BulkRun).where(*mine))
    if found is None:
        raise NotFound(say("There is nothing to undo here."))
    return found


def list_open_runs(session: Session, user_id: int | None) -> dict[int, int]:
    """Return the numbers of a person's runs that are not at their end, by their offers."""
    going = select(BulkRun.given, BulkRun.id).where(
        BulkRun.user_id == user_id, BulkRun.screen == SCREEN, BulkRun.finished_at.is_(None)
    )
    return {int(given["value"]): number for given, number in session.execute(going)}


def go_on(run: BulkRun, *, is_enough: Callable[[], bool], work: Work) -> UndoOffer | None:
    """Put the next part back, until it is enough; with the last comes the offer to do it again.

    What was changed after the beginning stays as it is, and is named in `refused`.
    """
    check_version(run, None, work=work)
    row = work.session.get(Undo, run.given["value"])
    if row is None:
        raise Conflict(say("This can no longer be undone: half an hour has passed."))
    offer, waiting = UndoOffer.of(row), list(run.waiting)
    steps = {step.id: step for step in offer.steps}
    part = [steps.get(number) for number in waiting[:PART]]
    marks, again = read_marks(filter(None, part), work.session), []
    for step in part:
        waiting.pop(0)
        if step is None:  # what was erased in between
            continue
        now = KINDS[step.kind].forget(step, work.session)
        reason = _put_back(step, marks.get((step.kind, step.id)), work)
        if reason is None:
            again.append(now)
        else:
            run.refused = [*run.refused, [step.label, reason.pattern, dict(reason.values)]]
        if is_enough():
            break
    run.waiting, run.done, run.updated_at = waiting, run.done + len(again), work.at
    work.flush()
    run.steps = [*run.steps, *(step.as_document() for step in seal(again, work.session))]
    return None if waiting else end(run, work=work)


def end(run: BulkRun, *, work: Work) -> UndoOffer | None:
    """End a run, also before everything is back; return the offer to do what is back again."""
    run.waiting, run.finished_at, run.updated_at = [], work.at, work.at
    row = work.session.get(Undo, run.given["value"])
    steps: Sequence[Step] = [Step.from_document(document) for document in run.steps]
    run.steps = []
    if row is None or not steps:
        return None
    sentence = UndoOffer.of(row).sentence
    return offer_undo(work, sentence, steps, takes_back=row.id, are_sealed=True)


def _put_back(step: Step, mark: object, work: Work) -> Saying | None:
    """Put one thing back; return why it stayed as it is, if it did."""
    if KINDS[step.kind].find_changes(step, mark, work.session):
        return say("It was changed or removed since.")
    try:
        with work.session.begin_nested():
            KINDS[step.kind].put_back(step, without=frozenset(), work=work)
    except DomainError as error:
        return error.message if isinstance(error.message, Saying) else say(str(error.message))
    return None
