"""Taking back: what was destroyed, or done to many at once, can be undone for half an hour.

Around a verb, or around many:

    before = [remember(row, work=work) for row in rows]
    ...
    offer_undo(work, say("Moved to the trash: %(count)s", count=len(rows)), before)

An offer is data: what each thing was like before, and its version afterwards. `take_back` puts
everything back in one unit of work, or refuses and says what was changed since, by whom and when.
What can be remembered is the list in `kinds`; a new kind of content adds a line there.
"""

from shared.domain.undo.merge_scopes import Merge
from shared.domain.undo.offers import (
    VALID,
    UndoOffer,
    find_offer,
    list_offers,
    offer_undo,
    remember,
    remember_there,
    seal,
)
from shared.domain.undo.steps import Change, Step
from shared.domain.undo.taking_back import ChangedSince, find_changes, take_back

__all__ = [
    "VALID",
    "Change",
    "ChangedSince",
    "Merge",
    "Step",
    "UndoOffer",
    "find_changes",
    "find_offer",
    "list_offers",
    "offer_undo",
    "remember",
    "remember_there",
    "seal",
    "take_back",
]
