"""Actions on one row or many: a verb, its words, and when it is offered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from admin.acting import may, work
from admin.undoing import remember_all
from shared.domain.errors import DomainError
from shared.domain.permissions import Permission
from shared.domain.undo import Step
from shared.domain.work import Work
from shared.saying import Saying


@dataclass(frozen=True, kw_only=True)
class Action:
    """What may be done to a selection; `ask` is the question before, `done` the report after.

    `verb` is called with the row and the unit of work; it checks the rule, as everywhere. `told`
    says what was done to what, where that can be undone.
    """

    name: str
    label: str
    ask: str
    done: str
    verb: Callable[[Any, Work], None]
    permissions: tuple[Permission, ...]
    danger: bool = False
    offered: Callable[[Any], bool] = field(default=lambda _: True)
    told: Callable[[str], Saying] | None = None

    @property
    def allowed(self) -> bool:
        """Whether the person at hand may use it at all."""
        return may(*self.permissions)


@dataclass
class Outcome:
    """What an action did: the rows done, how to undo it, and why the others were not."""

    done: list[Any] = field(default_factory=list)
    refused: list[tuple[Any, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def carry_out(action: Action, rows: Iterable[Any]) -> Outcome:
    """Do an action to each row by itself; one that is refused leaves the others done."""
    outcome, unit = Outcome(), work()
    for row in rows:
        steps = remember_all(row) if action.told else []
        try:
            with unit.session.begin_nested():
                action.verb(row, unit)
        except DomainError as error:
            outcome.refused.append((row, error.message))
        else:
            outcome.done.append(row)
            outcome.steps += steps
    return outcome
