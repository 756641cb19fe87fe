"""Deleting an account: what is about the person goes, what the person wrote stays."""

from sqlalchemy import delete, update

from shared.domain.errors import Conflict
from shared.domain.permissions import Permission
from shared.domain.users import save_user
from shared.domain.work import Work
from shared.models import (
    ApiClient,
    LoginSession,
    OneTimeLink,
    Passkey,
    RecoveryCode,
    TotpSecret,
    User,
)
from shared.saying import say

AT_NOWHERE = "@deleted.invalid"  # a name that RFC 2606 keeps free: no mail can reach it


def is_erased(user: User) -> bool:
    """Tell whether an account was deleted; its row keeps the byline of its posts."""
    return user.email.endswith(AT_NOWHERE)


def erase_user(user: User, *, work: Work) -> None:
    """Delete a disabled account for good; its name stays as the author of what it wrote.

    The audit log keeps the name too, since a chain cannot forget. To take the name off the posts,
    change it before or afterwards.
    """
    work.require(Permission.USERS_EDIT)
    if user.disabled_at is None:
        raise Conflict(say("Disable the account first."))
    if is_erased(user):
        raise Conflict(say("This account is deleted already."))
    for table in (LoginSession, OneTimeLink, TotpSecret, RecoveryCode, Passkey):
        work.session.execute(delete(table).where(table.user_id == user.id))
    clients = update(ApiClient).where(ApiClient.user_id == user.id)
    work.session.execute(clients.values(state="revoked", epoch=ApiClient.epoch + 1))
    user.email, user.bio, user.password_hash = f"{user.id}{AT_NOWHERE}", "", ""
    user.last_login_at, user.epoch = None, user.epoch + 1
    save_user(user, work=work)
    work.record("user.erased", user, user.name)
