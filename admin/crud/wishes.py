"""What a person wishes of a list: columns, saved views and which of them comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, literal, or_, select, union_all
from sqlalchemy.orm import Session

from admin.crud.columns import Column
from admin.crud.screen import Screen
from admin.crud.state import State
from shared.models import SavedView, UserPreference

PLACES = frozenset({"after", "before"})


class View(NamedTuple):
    """A saved view, as the list knows it."""

    id: int
    name: str
    state: Mapping[str, Any]
    is_mine: bool


@dataclass(frozen=True)
class Wishes:
    """What a person chose on one screen: `chosen` is the stored preference."""

    chosen: Mapping[str, Any] = field(default_factory=dict)
    views: Sequence[View] = ()

    def view(self, word: str) -> View | None:
        """Return the view that a word of the URL means."""
        return next((view for view in self.views if str(view.id) == word), None)

    @property
    def usual(self) -> View | None:
        """The view that the person sees first."""
        return self.view(str(self.chosen.get("default", "")))

    def columns_of(self, view: View | None) -> Sequence[str]:
        """Return the names of the columns that were chosen, none where none ever were."""
        key = str(view.id) if view else ""
        mine: Sequence[str] = self.chosen.get("columns", {}).get(key, ())
        return mine or (view.state.get("columns", ()) if view else ())


class Arranged(NamedTuple):
    """A list as it is to be shown."""

    state: State
    columns: Sequence[Column]
    view: View | None


def key_of(screen: Screen) -> str:
    """Return the key of a screen's preferences."""
    return f"list:{screen.name}"


def read_wishes(session: Session, screen: Screen, user_id: int | None) -> Wishes:
    """Read what a person chose on a screen, with one query."""
    bound = {"user_id": user_id or 0, "screen": screen.name, "key": key_of(screen)}
    rows = session.connection().execute(_READ, bound).all()
    chosen: Mapping[str, Any] = next((row.state for row in rows if row.id == 0), {})
    views = [View(row.id, row.name, row.state, bool(row.mine)) for row in rows if row.id]
    views.sort(key=lambda view: (not view.is_mine, view.name.casefold(), view.id))
    return Wishes(chosen, views)


def arrange(screen: Screen, args: Mapping[str, str], wishes: Wishes) -> Arranged:
    """Return the state and the columns that a query string and a person's wishes ask for.

    A view's own wishes hold while the query string has none besides.
    """
    asked = {name for name in args if name not in PLACES}
    view = wishes.view(args.get("view", "")) if asked else wishes.usual
    if view is not None and not asked - {"view"}:
        places = {name: args[name] for name in PLACES if name in args}
        args = {**view.state.get("query", {}), **places}
    word = str(view.id) if view else "0" if wishes.usual else ""
    return Arranged(State.of(screen, args, word), pick(screen, wishes.columns_of(view)), view)


def pick(screen: Screen, names: Sequence[str]) -> list[Column]:
    """Return the columns of these names in their order, the usual ones without any.

    The first of the screen is always there, as it leads to the row.
    """
    offered = {column.name: column for column in screen.columns if column.listed}
    chosen = [offered[name] for name in names if name in offered]
    chosen = chosen or [column for column in offered.values() if column.shown]
    first = screen.columns[0]
    return [first, *(column for column in chosen if column is not first)]


_MINE = SavedView.user_id == bindparam("user_id")
_READ = union_all(
    select(
        literal(0).label("id"),
        literal("").label("name"),
        UserPreference.value.label("state"),
        literal(1).label("mine"),
    ).where(UserPreference.user_id == bindparam("user_id"), UserPreference.key == bindparam("key")),
    select(
        SavedView.id, SavedView.name, SavedView.state, case((_MINE, 1), else_=0).label("mine")
    ).where(SavedView.screen == bindparam("screen"), or_(_MINE, SavedView.is_shared)),
)
