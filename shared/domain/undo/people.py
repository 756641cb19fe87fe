"""Accounts: whether one is shut out, and its role, which their verbs turn round."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.undo.steps import Step, Whole
from shared.domain.users import disable_user, enable_user, get_user, set_role
from shared.domain.work import Work, compare_version
from shared.models import User


class UserKind(Whole):
    """Accounts of the console; their ended sessions stay ended."""

    name = User.__tablename__

    def remember(self, thing: User, session: Session) -> Step:
        """Return whether an account may sign in, and its role."""
        session.flush()
        back = {"disabled": thing.disabled_at is not None, "role": thing.role}
        return Step(kind=self.name, id=thing.id, label=thing.name, back=back)

    def forget(self, step: Step, session: Session) -> Step:
        """Return what is true of the account now."""
        return self.remember(get_user(session, step.id), session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:
        """Return the versions of accounts."""
        ids = [step.id for step in steps]
        rows = session.execute(select(User.id, User.version).where(User.id.in_(ids)))
        return {row.id: row.version for row in rows}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - it has no parts
        """Let someone in again, or shut them out again, in the role that they had."""
        user = get_user(work.session, step.id)
        compare_version(user, step.mark)
        wanted = bool(step.back and step.back["disabled"])
        if wanted != (user.disabled_at is not None):
            (disable_user if wanted else enable_user)(user, work=work)
        if step.back and step.back.get("role", user.role) != user.role:
            set_role(user, step.back["role"], work=work)
        work.record("user.undone", user, user.name)
