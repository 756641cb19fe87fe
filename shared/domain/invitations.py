"""Invitations: an account that waits for its person, and the link that they come in by."""

from typing import Final

from sqlalchemy import or_, select

from shared.domain.errors import Conflict
from shared.domain.permissions import Permission
from shared.domain.sessions import as_user, offer_link, use_link
from shared.domain.users import save_user, set_password
from shared.domain.work import Work
from shared.models import OneTimeLink, Post, Revision, User
from shared.saying import say

PURPOSE: Final = "invitation"


def is_invited(user: User) -> bool:
    """Tell whether an account still waits for its person."""
    return not user.password_hash and user.disabled_at is None and user.last_login_at is None


def invite(user: User, *, work: Work) -> str:
    """Invite someone, or once more: return the token of a link; earlier ones end."""
    work.require(Permission.USERS_EDIT)
    if not is_invited(user):
        raise Conflict(say("%(name)s is in already.", name=user.name))
    return offer_link(PURPOSE, user=user, work=work)


def accept_invitation(
    link: OneTimeLink, user: User, *, name: str, password: str, work: Work
) -> None:
    """Spend the link and make the account its person's own; raises Invalid and Conflict."""
    own = as_user(user, work)
    use_link(link, work=own)
    if name.strip() != user.name and not _has_written(user, work):
        user.slug = ""  # the author page is named anew, after the name that the person goes by
    user.name = name
    save_user(user, work=own)
    set_password(user, password, work=own)
    own.record("user.joined", user, user.name)


def revoke_invitation(user: User, *, work: Work) -> None:
    """Take an invitation back: its links end and the account is gone."""
    work.require(Permission.USERS_EDIT)
    if not is_invited(user):
        raise Conflict(say("%(name)s is in already. Disable the account instead.", name=user.name))
    if _has_written(user, work):
        raise Conflict(
            say("%(name)s is an author of posts. Disable the account instead.", name=user.name)
        )
    work.record("user.invitation_revoked", user, user.name)
    work.session.delete(user)
    work.flush()


def _has_written(user: User, work: Work) -> bool:
    posts = select(Post.id).where(Post.author_id == user.id)
    revisions = select(Revision.id).where(Revision.author_id == user.id)
    found = select(1).where(or_(posts.exists(), revisions.exists()))
    return work.session.scalar(found) is not None
