"""Half signed in: the password was right, the second factor is still to come.

The cookie, which only this console can write, says for a few minutes whose password it was. It
opens nothing but the second step; a new password ends it, as it ends sessions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import session as cookie

from shared.domain.errors import NotFound
from shared.domain.factors import Factors, find_factors
from shared.domain.users import get_user
from shared.models import User
from shared.web import now, runtime

KEY: Final = "half"
LASTS: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Half:
    """A person on the way in, and what they have to show."""

    user: User
    factors: Factors


def begin_half(user: User) -> None:
    """Remember whose password was right."""
    cookie[KEY] = [user.id, user.epoch, (now() + LASTS).isoformat()]


def find_half() -> Half | None:
    """Return who is on the way in, None when nobody is or it took too long.

    Not read by the unit of work of a POST: attempts are counted in one of their own before it.
    """
    try:
        user_id, epoch, until = cookie[KEY]
        if datetime.fromisoformat(until) <= now():
            return None
        with runtime().database.reading() as reading:
            user = get_user(reading, user_id)
            factors = find_factors(reading, user.id)
    except (KeyError, ValueError, TypeError, NotFound):
        return None
    if user.epoch != epoch or user.disabled_at is not None:
        return None
    return Half(user, factors)
