"""Views of lists that people keep under a name, for themselves or for everyone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.content.lines import one_line
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.permissions import Permission
from shared.domain.work import Work, check_version, is_new
from shared.models import SavedView
from shared.saying import say

MOST = 30  # of one person on one screen: they stand in a row
LONGEST = 60


def get_view(session: Session, view_id: int, *, screen: str, user_id: int | None) -> SavedView:
    """Return a view that is this person's own or shared with everyone; raises NotFound."""
    seen = or_(SavedView.user_id == user_id, SavedView.is_shared)
    query = select(SavedView).where(SavedView.id == view_id, SavedView.screen == screen, seen)
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no view %(number)s here.", number=view_id))
    return found


def may_change(view: SavedView, *, work: Work) -> bool:
    """Tell whether the acting person may change a view: an owner may change every shared one."""
    return view.user_id == work.actor.user_id or (
        view.is_shared and Permission.SETTINGS_EDIT in work.actor.permissions
    )


def save_view(
    view: SavedView, state: Mapping[str, Any], *, version: int | None = None, work: Work
) -> None:
    """Store a new or changed view; raises Forbidden, Invalid, Stale, and Conflict for too many."""
    work.require(Permission.CONSOLE_ENTER)
    _check_name(view)
    if is_new(view):
        if work.actor.user_id is None:
            raise Conflict(say("Only people have views."))
        _check_room(view, work)
        view.user_id, view.version, view.created_at = work.actor.user_id, 1, work.at
        work.session.add(view)
    elif not may_change(view, work=work):
        raise Forbidden(Permission.SETTINGS_EDIT)
    else:
        check_version(view, version, work=work)
    view.state, view.updated_at = dict(state), work.at
    work.record("view.saved", view, view.name, screen=view.screen, shared=view.is_shared)


def delete_view(view: SavedView, *, work: Work) -> None:
    """Remove a view; raises Forbidden for somebody else's."""
    if not may_change(view, work=work):
        raise Forbidden(Permission.SETTINGS_EDIT)
    state = {"state": view.state, "shared": view.is_shared}
    work.record("view.deleted", view, view.name, screen=view.screen, **state)
    work.session.delete(view)
    work.flush()


def bring_view_back(view: SavedView, *, work: Work) -> None:
    """Keep a view again that was deleted, under its number."""
    if not may_change(view, work=work):
        raise Forbidden(Permission.SETTINGS_EDIT)
    _check_room(view, work)
    view.version += 1
    work.session.add(view)
    work.record("view.restored", view, view.name, screen=view.screen)


def _check_name(view: SavedView) -> None:
    view.name = one_line(view.name or "")
    if not 1 <= len(view.name) <= LONGEST:
        raise Invalid({"name": say("Give 1 to %(most)s characters.", most=LONGEST)})


def _check_room(view: SavedView, work: Work) -> None:
    mine = SavedView.user_id == work.actor.user_id, SavedView.screen == view.screen
    if (work.session.scalar(select(func.count()).where(*mine)) or 0) >= MOST:
        raise Conflict(say("%(most)s views are enough. Delete one first.", most=MOST))
