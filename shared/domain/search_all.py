"""Search as editors need it: what is published by its text, drafts by their titles."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, text
from sqlalchemy.orm import Session

from shared.content.tokens import query_terms
from shared.domain.search_sql import EITHER_KIND, EVERYTHING, ONE_OF_THEM, TITLES, bind

ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # these statements ask for no time


@dataclass(frozen=True)
class Wanted:
    """What is searched, bound for one kind of database."""

    dialect: str
    bound: dict[str, Any]

    def find(self, session: Session, *, kind: str, most: int) -> list[int]:
        """Return at most so many ids of hits in texts and of drafts, the newest of each.

        Among those of posts, which are nearly all, may be some of pages.
        """
        bound = self.bound | {"kind": kind, "most": most}
        statements = EITHER_KIND if kind == "post" else EVERYTHING
        return list(dict.fromkeys(session.connection().scalars(statements[self.dialect], bound)))

    def find_titles(self, session: Session, *, most: int) -> list[int]:
        """Return posts and pages with the words in the title, the newest and drafts."""
        bound = self.bound | {"most": most}
        return list(session.connection().scalars(TITLES[self.dialect], bound))

    def holds(self) -> ColumnElement[bool]:
        """Return the condition that a row of `post` is one of them."""
        used = {name: value for name, value in self.bound.items() if f":{name}" in self._condition}
        return text(self._condition).bindparams(**used)  # type: ignore[return-value]  # a condition

    @property
    def _condition(self) -> str:
        return ONE_OF_THEM[self.dialect]


def want(session: Session, words: str) -> Wanted | None:
    """Return what words ask for; None where there is no word in them that an index holds."""
    terms = query_terms(words)
    if not terms:
        return None
    dialect = session.get_bind().dialect.name
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    bound = bind(dialect, terms, ANY_TIME) | {"pattern": f"%{escaped}%"}
    return Wanted(dialect, bound)
