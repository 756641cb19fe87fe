"""What was chosen of a list: rows by their ids, or all that match but a few."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from admin.crud.screen import Screen
from admin.crud.selection import opaque, select_for
from admin.crud.state import State

MOST_IDS = 5_000  # ticked one by one; all that match may be more


@dataclass(frozen=True)
class Chosen:
    """A selection as a form sends it; `query` is set when all that match are meant."""

    screen: Screen
    ids: Sequence[int]
    query: str | None = None
    but: Sequence[int] = ()

    @classmethod
    def of(cls, screen: Screen, form: MultiDict[str, str]) -> "Chosen":
        """Read what a form has chosen."""
        if "all" in form:
            return cls(screen, (), form.get("query", ""), _numbers(form.getlist("but")))
        return cls(screen, _numbers(form.getlist("ids")))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields by which another form chooses the same."""
        if self.query is None:
            return [("ids", str(number)) for number in self.ids]
        return [("all", "1"), ("query", self.query), *(("but", str(n)) for n in self.but)]

    def find(self, session: Session) -> list[int]:
        """Return the ids of the chosen rows that the person may see, as they are now."""
        key = self.screen.model.id
        if self.query is None:
            scope = opaque(self.screen.scope())
            found = session.scalars(select(key).where(key.in_(self.ids), scope))
            return sorted(found)
        state = State.of(self.screen, dict(parse_qsl(self.query.lstrip("?"))))
        every = select_for(session, self.screen, state, whole=True).ids(session)
        return sorted(every - set(self.but))


def load(session: Session, screen: Screen, ids: Sequence[int]) -> list[Any]:
    """Return the rows of these ids that the person may see, in the order of the ids."""
    seen = select(screen.model).where(screen.model.id.in_(ids), opaque(screen.scope()))
    return list(session.scalars(seen.order_by(screen.model.id)))


def _numbers(words: Sequence[str]) -> list[int]:
    numbers = (int(word) for word in words if word.isdecimal() and len(word) < 10)
    return list(dict.fromkeys(numbers))[:MOST_IDS]
