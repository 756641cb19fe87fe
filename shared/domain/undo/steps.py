"""What an offer is made of: one step for each thing, and what stands against it."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from shared.domain.work import Work
from shared.saying import Saying

Document = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing: `back` is what it was like before, None when it was not there.

    `mark` is its version after the act, None when it was gone; `event` is the last thing that
    the log had to say of it then. Both are filled in by `offer_undo`.
    """

    kind: str
    id: int
    label: str
    back: Document | None
    mark: Any = None
    event: int = 0

    @classmethod
    def from_document(cls, document: Document) -> "Step":
        """Read a step that was stored."""
        return cls(**document)

    def as_document(self) -> Document:
        """Return the step as it is stored."""
        return asdict(self)

    def sealed(self, mark: Any, event: int) -> "Step":
        """Return the step with what was true right after the act."""
        return replace(self, mark=mark, event=event)


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that was changed since, and so cannot be put back: what, by whom, when, how.

    Without `whole` it is but a part of its step, such as one post of a tag: the rest can go on.
    """

    kind: str
    id: int
    label: str
    by: str = ""
    at: datetime | None = None
    action: str = ""
    reason: Saying | str = ""
    whole: bool = True


class Whole:
    """A kind whose things are changed as wholes, which their version tells."""

    def find_changes(self, step: Step, mark: Any, session: Session) -> list[Change]:  # noqa: ARG002 - a seam
        """Return the thing itself where its version is another one."""
        if mark == step.mark:
            return []
        return [Change(kind=step.kind, id=step.id, label=step.label)]


class Kind(Protocol):
    """How one kind of thing is remembered, compared and put back."""

    @property
    def name(self) -> str:
        """The name of its table, by which steps and audit events know it."""

    def remember(self, thing: Any, session: Session) -> Step:
        """Return what a thing is like now."""

    def forget(self, step: Step, session: Session) -> Step:
        """Return what the thing of a step is like now, also where it is not there."""

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the version of each of the things of these steps that is there."""

    def find_changes(self, step: Step, mark: Any, session: Session) -> list[Change]:
        """Return what was changed since that the step would put back; `mark` is the one of now."""

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:
        """Make a thing what it was, by its verbs and with an audit event; `without` some parts."""
