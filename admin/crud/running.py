"""Changes of many rows in parts: each part is one unit of work, the page tells how far it is."""

import time
from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from admin.acting import actor, work
from admin.crud.actions import Action, carry_out
from admin.crud.choosing import load
from admin.crud.reporting import get_action, tell_refused
from admin.crud.screen import Screen
from admin.languages import told
from admin.undoing import flash_done, offer
from shared.domain.errors import NotFound
from shared.domain.undo import Step, find_changes, seal
from shared.domain.work import check_version
from shared.models import BulkRun
from shared.saying import say
from shared.web import commit, now, session

PART = 50
SECONDS = 0.5  # after so long a part ends, so that others can write
KEPT_REFUSALS = 200
NAMED = 20  # of the rows that somebody else changed in between


def begin(
    screen: Screen, action: Action, given: str, ids: Sequence[int], back: str
) -> ResponseReturnValue:
    """Write down what is to be done to which rows, and lead to the page that does it."""
    run = BulkRun(
        user_id=actor().user_id,
        version=1,
        screen=screen.name,
        action=action.name,
        given={"value": given},
        waiting=list(ids),
        refused=[],
        steps=[],
        total=len(ids),
        done=0,
        back=back,
        created_at=now(),
        updated_at=now(),
    )
    session().add(run)
    commit()
    return redirect(url_for(f"{screen.name}.run", id=run.id), 303)


def run(screen: Screen, id: int) -> ResponseReturnValue:
    """Show how far a change of many rows is; each POST does one part of it."""
    item = get_run(screen, id)
    action = get_action(screen, item.action)
    if request.method != "POST" or item.finished_at is not None:
        changed = changed_since(screen, item) if item.finished_at is not None else []
        return render_template(
            "crud/run.html", screen=screen, run=item, action=action, part=PART, changed=changed
        )
    check_version(item, None, work=work())
    if "stop" in request.form:
        item.waiting = []
    else:
        do_part(screen, action, item)
    item.updated_at = now()
    if item.waiting:
        commit()
        return redirect(url_for(f"{screen.name}.run", id=item.id), 303)
    finish(action, item)
    tell_refused(item.refused)
    here = url_for(f"{screen.name}.run", id=item.id)
    back = item.back or url_for(f"{screen.name}.index")
    return redirect(here if item.steps else back, 303)


def get_run(screen: Screen, run_id: int) -> BulkRun:
    """Return a change of many rows that the person began; raises NotFound."""
    mine = BulkRun.id == run_id, BulkRun.screen == screen.name, BulkRun.user_id == actor().user_id
    found = session().scalar(select(BulkRun).where(*mine))
    if found is None:
        raise NotFound(say("There is no change of many rows %(number)s here.", number=run_id))
    return found


def do_part(screen: Screen, action: Action, item: BulkRun) -> None:
    """Do the action to the next rows, for half a second at most; those that are gone are left."""
    waiting, until = list(item.waiting), time.monotonic() + SECONDS
    part = waiting[:PART]
    rows = {row.id: row for row in load(session(), screen, part)}
    steps: list[Step] = []
    refused = list(item.refused)
    for number in part:
        waiting.pop(0)
        if number in rows:
            label = screen.label(rows[number])
            outcome = carry_out(action, [rows[number]], str(item.given["value"]))
            item.done += len(outcome.done)
            refused += [[label, told(reason)] for _row, reason in outcome.refused]
            steps += outcome.steps
        if time.monotonic() > until:
            break
    item.waiting, item.refused = waiting, refused[:KEPT_REFUSALS]
    session().flush()
    item.steps = [*item.steps, *(step.as_document() for step in seal(steps, session()))]


def changed_since(screen: Screen, item: BulkRun) -> list[tuple[str, str, str]]:
    """Return name, address and who changed it, of the first rows that undoing would leave."""
    few = item.steps[:NAMED]
    there = {row.id: row for row in load(session(), screen, [one["id"] for one in few])}
    return [
        (one["label"], screen.url(there[one["id"]]) if one["id"] in there else "", one["by"])
        for one in few
    ]


def finish(action: Action, item: BulkRun) -> None:
    """End a change of many rows with the offer to undo it.

    What somebody changed since its part was done is told: undoing would leave it as it is.
    """
    item.finished_at = now()
    steps = [Step.from_document(document) for document in item.steps]
    count = f"{item.done:,}"
    offered = offer(action.told(count), steps, are_sealed=True) if action.told else None
    changes = find_changes(offered, session()) if offered else []
    item.steps = [{"id": one.id, "label": one.label, "by": one.by} for one in changes]
    commit()
    if item.done:
        flash_done(_("%(done)s: %(names)s.", done=action.done, names=count), offered)
