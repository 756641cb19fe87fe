"""What the editor's buttons did, as an offer to undo it."""

from collections.abc import Callable
from typing import Final

from admin.editor.acts.actions import Action
from shared.domain.undo import Step, UndoOffer, offer_undo, remember
from shared.domain.work import Work
from shared.models import Post
from shared.saying import Saying, say

SAID: Final[dict[Action, Callable[[str], Saying]]] = {
    Action.PUBLISH: lambda what: say("Published: %(what)s", what=what),
    Action.SCHEDULE: lambda what: say("Scheduled: %(what)s", what=what),
    Action.UNPUBLISH: lambda what: say("Unpublished: %(what)s", what=what),
    Action.DISCARD: lambda what: say("Discarded the changes: %(what)s", what=what),
    Action.TRASH: lambda what: say("Moved to the trash: %(what)s", what=what),
    Action.RESTORE: lambda what: say("Restored from the trash: %(what)s", what=what),
}


def offer_act(post: Post, action: Action, before: Step, *, work: Work) -> UndoOffer | None:
    """Offer to take back what a button did; None where it only saved or changed nothing."""
    said = SAID.get(action)
    if said is None or remember(post, work=work).back == before.back:
        return None
    return offer_undo(work, said(post.title), [before])
