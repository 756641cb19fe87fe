"""The second factor: which ones a person has, who must have one, and losing them all."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict
from shared.domain.permissions import Permission
from shared.domain.site import load_site
from shared.domain.work import Work, check_version
from shared.models import Passkey, RecoveryCode, TotpSecret, User
from shared.saying import say

# Whom the site's setting `second_factor` asks for one.
ASKED: Final[dict[str, frozenset[str]]] = {
    "nobody": frozenset(),
    "editors": frozenset({"owner", "editor"}),
    "everybody": frozenset({"owner", "editor", "author", "contributor", "reader"}),
}


@dataclass(frozen=True)
class Factors:
    """What a person can prove to be with besides a password."""

    codes: bool
    passkeys: int
    recovery: int

    @property
    def any(self) -> bool:
        """Whether a password alone lets nobody in."""
        return self.codes or self.passkeys > 0

    @property
    def count(self) -> int:
        """How many ways there are, recovery codes aside."""
        return int(self.codes) + self.passkeys


def find_factors(session: Session, user_id: int) -> Factors:
    """Return what a person has."""

    def counted(table: type[TotpSecret | Passkey | RecoveryCode], *more: object) -> object:
        found = select(func.count()).select_from(table).where(table.user_id == user_id)
        return found.where(*more).scalar_subquery()  # type: ignore[arg-type]  # conditions, of any kind

    unused = RecoveryCode.used_at.is_(None)
    columns = (counted(TotpSecret), counted(Passkey), counted(RecoveryCode, unused))
    codes, passkeys, recovery = session.execute(select(*columns)).one()  # type: ignore[call-overload]  # as above
    return Factors(bool(codes), passkeys, recovery)


def is_asked(session: Session, role: str) -> bool:
    """Tell whether people of a role must have a second factor."""
    return role in ASKED[load_site(session).second_factor]


def keep_one(user: User, *, work: Work) -> None:
    """Refuse to take the last factor away from someone who must have one."""
    if find_factors(work.session, user.id).count <= 1 and is_asked(work.session, user.role):
        raise Conflict(
            say("People of your role need a second factor. Add another one before this goes.")
        )


def forget_codes_without_factor(user: User, *, work: Work) -> None:
    """Delete recovery codes that recover nothing any more."""
    if not find_factors(work.session, user.id).any:
        work.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def reset_factors(user: User, *, work: Work) -> None:
    """Take every factor away from someone who lost them; the sessions of the account end."""
    work.require(Permission.USERS_EDIT)
    if not find_factors(work.session, user.id).any:
        raise Conflict(say("%(name)s has no second factor.", name=user.name))
    for table in (TotpSecret, Passkey, RecoveryCode):
        work.session.execute(delete(table).where(table.user_id == user.id))
    check_version(user, None, work=work)
    user.epoch += 1
    work.record("user.factors_reset", user, user.name)
