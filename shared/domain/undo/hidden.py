"""Addresses that were asked for in vain, hidden from their list: many at once are one thing."""

from typing import Any

from sqlalchemy.orm import Session

from shared.domain.missing import Hiding, find_hidden, ignore_missing, show_missing
from shared.domain.undo.steps import Step, Whole
from shared.domain.work import Work
from shared.models import MissingPath

WHOLE = 0  # addresses have no number


class HiddenKind(Whole):
    """Hidden addresses; those that lead somewhere since stay off the list."""

    name = MissingPath.__tablename__

    def remember(self, thing: Hiding, session: Session) -> Step:
        """Return which of the addresses are hidden already."""
        session.flush()
        hidden = find_hidden(session, thing.paths)
        back = {"paths": list(thing.paths), "hidden": hidden}
        return Step(kind=self.name, id=WHOLE, label=", ".join(thing.paths[:3]), back=back)

    def forget(self, step: Step, session: Session) -> Step:
        """Return which of the addresses are hidden now."""
        return self.remember(Hiding((step.back or {})["paths"]), session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:  # noqa: ARG002 - a seam
        """Return the same always: whatever became of an address since, showing it loses nothing."""
        return {WHOLE: ""}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Show those that were not hidden, hide those that were."""
        back = step.back or {}
        show_missing(set(back["paths"]) - set(back["hidden"]), work=work)
        ignore_missing(back["hidden"], work=work)
