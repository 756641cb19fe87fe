"""Actions on one row or many: a verb, its words, and when it is offered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from flask import session as cookie
from sqlalchemy.orm import Session

from admin.acting import may, work
from admin.undoing import remember_all
from shared.domain.errors import DomainError
from shared.domain.permissions import Permission
from shared.domain.undo import Step
from shared.domain.work import Work
from shared.saying import Saying

MESSAGES: Final = "_flashes"  # where Flask keeps them for the next page
Facts = Callable[[Any], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What an action must know besides the rows: one of `options`, or a text where there are none.

    With `may_be_empty` no answer is one too; `empty` is what it is called.
    """

    label: Any
    options: Callable[[Session], Sequence[tuple[str, Any]]] | None = None
    hint: Any = ""
    may_be_empty: bool = False
    empty: Any = ""

    def choices(self, session: Session) -> Sequence[tuple[str, Any]]:
        """Return what to choose from."""
        return self.options(session) if self.options is not None else ()


@dataclass(frozen=True, kw_only=True)
class Action:
    """What may be done to a selection; `ask` is the question before, `done` the report after.

    `verb` is called with the row and the unit of work; it checks the rule, as everywhere. `told`
    says what was done to what, where that can be undone. One that `asks` for something gets the
    answer as a third argument. `facts` tells of a row, by title, what the verb may change: read
    before and after, it is what a preview shows.
    """

    name: str
    label: str
    ask: str
    done: str
    verb: Callable[..., None]
    permissions: tuple[Permission, ...]
    danger: bool = False
    offered: Callable[[Any], bool] = field(default=lambda _: True)
    told: Callable[[str], Saying] | None = None
    asks: Ask | None = None
    facts: Facts = field(default=lambda _: {})

    @property
    def allowed(self) -> bool:
        """Whether the person at hand may use it at all."""
        return may(*self.permissions)

    def call(self, row: Any, unit: Work, given: str) -> None:
        """Do it to a row."""
        if self.asks is None:
            self.verb(row, unit)
        else:
            self.verb(row, unit, given)


@dataclass
class Outcome:
    """What an action did: the rows done, how to undo it, and why the others were not."""

    done: list[Any] = field(default_factory=list)
    refused: list[tuple[Any, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Previewed:
    """What an action would do to a row: title, before and after of each change; or why not."""

    label: str
    changes: Sequence[tuple[str, str, str]] = ()
    refusal: str = ""


def preview(action: Action, given: str, rows: Iterable[tuple[str, Any]]) -> list[Previewed]:
    """Do an action to each row, look, and put it back: so a preview cannot tell but the truth."""
    unit, lines = work(), []
    said = list(cookie.get(MESSAGES, ()))
    for label, row in rows:
        before = dict(action.facts(row))
        point = unit.session.begin_nested()
        try:
            action.call(row, unit, given)
            unit.flush()
            after = dict(action.facts(row)) if before else {}
        except DomainError as error:
            lines.append(Previewed(label, refusal=error.message))
        else:
            changes = [(k, v, after.get(k, "")) for k, v in before.items() if after.get(k) != v]
            lines.append(Previewed(label, changes))
        finally:
            point.rollback()
    if MESSAGES in cookie:  # a verb may have told of what is put back, such as a link
        cookie[MESSAGES] = said
    return lines


def carry_out(action: Action, rows: Iterable[Any], given: str = "") -> Outcome:
    """Do an action to each row by itself; one that is refused leaves the others done."""
    outcome, unit = Outcome(), work()
    for row in rows:
        steps = remember_all(row) if action.told else []
        try:
            with unit.session.begin_nested():
                action.call(row, unit, given)
        except DomainError as error:
            outcome.refused.append((row, error.message))
        else:
            outcome.done.append(row)
            outcome.steps += steps
    return outcome
