"""Which action was asked for, and what is said once it was done."""

from collections.abc import Sequence
from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from admin.crud.actions import Action, Outcome
from admin.crud.screen import Screen
from admin.languages import told
from admin.undoing import flash_done
from shared.domain.errors import Forbidden, NotFound
from shared.domain.undo import UndoOffer
from shared.saying import say


def get_action(screen: Screen, name: str) -> Action:
    """Return an action that the person may use; raises NotFound and Forbidden."""
    action = next((item for item in screen.actions if item.name == name), None)
    if action is None:
        raise NotFound(say("There is no action “%(name)s” here.", name=name[:40]))
    if not action.allowed:
        raise Forbidden(min(action.permissions))
    return action


def summed_up(screen: Screen, outcome: Outcome) -> str:
    """Return the name of the one row that was done, else how many were."""
    done = outcome.done
    return screen.label(done[0]) if len(done) == 1 else f"{len(done):,}"


def report(
    screen: Screen, action: Action, outcome: Outcome, offered: UndoOffer | None = None
) -> None:
    """Say what was done and what was not."""
    if outcome.done:
        names = summed_up(screen, outcome)
        flash_done(_("%(done)s: %(names)s.", done=action.done, names=names), offered)
    tell_refused([(screen.label(row), reason) for row, reason in outcome.refused])


def tell_refused(refused: Sequence[tuple[str, Any]]) -> None:
    """Say of the first few what was not done and why, of the others how many they are."""
    for name, reason in refused[:5]:
        flash(_("%(name)s: %(reason)s", name=name, reason=told(reason)), "error")
    if more := len(refused[5:]):
        said = ngettext(
            "And %(num)s more, for a like reason.", "And %(num)s more, for like reasons.", more
        )
        flash(said, "error")
