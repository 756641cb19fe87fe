"""How many comments are in each state, as far as they are counted."""

from typing import Final, cast

from flask import g
from sqlalchemy import ColumnElement, func, literal, select, union_all

from admin.acting import actor, may
from admin.display import grouped
from admin.screens.comment_columns import MODERATE, STATES, on_own_posts
from shared.domain.permissions import Permission
from shared.models import Comment
from shared.web import session

CAP: Final = 1_000
FEW: Final = 99
# The parts of the console whose menu tells what waits, at most one small query more on a page.
PLACES: Final = frozenset({"dashboard", "comments", "comment"})


def comment_counts() -> list[tuple[str, str, str]]:
    """Return each state, its words, and how many comments are in it that the person may see."""
    found = _count_states()
    return [(state, str(words), _capped(found[state], CAP)) for state, (_, words) in STATES.items()]


def note_waiting(number: str) -> None:
    """Take the number that a page has counted anyway for its menu."""
    g.comments_waiting = number


def count_waiting(part: str) -> str:
    """Return for the menu how many comments wait for the person; empty for none or elsewhere."""
    if part not in PLACES or not may(*MODERATE):
        return ""
    if part == "dashboard":  # which counts all that waits with one query
        return str(g.get("comments_waiting", ""))
    if part == "comments":  # whose list asks for all states anyway
        number = _count_states()["pending"]
    else:
        waiting = select(Comment.id).where(Comment.state == "pending", *_mine())
        some = waiting.limit(FEW + 1).subquery()
        number = session().scalar(select(func.count()).select_from(some)) or 0
    return _capped(number, FEW) if number else ""


def _count_states() -> dict[str, int]:
    """Count once a request, no further than CAP."""
    if "comment_states" not in g:
        g.comment_states = _read_states()
    return cast("dict[str, int]", g.comment_states)


def _read_states() -> dict[str, int]:
    parts = []
    for state in STATES:
        some = select(Comment.id).where(Comment.state == state, *_mine()).limit(CAP + 1).subquery()
        counted = select(literal(state).label("state"), func.count().label("number"))
        parts.append(counted.select_from(some))
    rows = session().connection().execute(union_all(*parts))
    return {row.state: row.number for row in rows}


def _capped(number: int, most: int) -> str:
    return f"{grouped(most)}+" if number > most else grouped(number)


def _mine() -> list[ColumnElement[bool]]:
    if may(Permission.COMMENTS_MODERATE):
        return []
    return [on_own_posts(actor().user_id)]
