"""What each person chose for the console; nobody else sees it, so no event tells of it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict
from shared.domain.permissions import Permission
from shared.domain.work import Work
from shared.models import UserPreference
from shared.saying import say


def find_preference(session: Session, user_id: int | None, key: str) -> dict[str, Any]:
    """Return what a person chose, nothing where they never did."""
    mine = UserPreference.user_id == user_id, UserPreference.key == key
    return session.scalar(select(UserPreference.value).where(*mine)) or {}


def prefer(key: str, value: dict[str, Any], *, work: Work) -> None:
    """Remember what the acting person chose; an empty choice is forgotten."""
    work.require(Permission.CONSOLE_ENTER)
    user_id = work.actor.user_id
    if user_id is None:
        raise Conflict(say("Only people have preferences."))
    mine = UserPreference.user_id == user_id, UserPreference.key == key
    found = work.session.scalar(select(UserPreference).where(*mine))
    if found is None:
        found = UserPreference(user_id=user_id, key=key)
        work.session.add(found)
    found.value, found.updated_at = value, work.at
    work.flush()
