"""The offer to undo, beside the message that says what was done."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from admin.acting import work
from admin.languages import told
from shared.domain.undo import Step, UndoOffer, offer_undo, remember
from shared.saying import Saying


def remember_all(*things: Any) -> list[Step]:
    """Return what things are like before something is done to them."""
    return [remember(thing, work=work()) for thing in things]


def offer(sentence: Saying, steps: list[Step], *, are_sealed: bool = False) -> UndoOffer | None:
    """Offer to take back what was just done to these, if there are any."""
    return offer_undo(work(), sentence, steps, are_sealed=are_sealed) if steps else None


def flash_done(text: str, offered: UndoOffer | None, label: str = "") -> None:
    """Say what was done, with a button that takes it back where that is offered."""
    if offered is None:
        flash(text, "success")
    else:
        flash({"text": told(text), "undo": offered.id, "label": label or _("Undo")}, "success")  # type: ignore[arg-type]  # the session takes whatever JSON does
