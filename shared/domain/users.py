"""People: their accounts, roles and passwords."""

import re

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.content.lines import one_line
from shared.content.slugs import SlugError, check_slug, numbered, slugify
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.passwords import check_password, hash_password
from shared.domain.permissions import Permission
from shared.domain.site import load_site
from shared.domain.work import Work, check_version, is_new
from shared.models import ROLES, ApiClient, OneTimeLink, PreviewLink, User
from shared.saying import say

EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}")


def find_user(session: Session, email: str) -> User | None:
    """Return the user with this e-mail address, in any case, or None."""
    return session.scalar(select(User).where(User.email == email.strip().casefold()))


def get_user(session: Session, user_id: int) -> User:
    """Return the user with this id; raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(say("There is no user %(id)s.", id=user_id))
    return user


def has_owner(session: Session) -> bool:
    """Tell whether anyone owns this site yet."""
    alive = select(User.id).where(User.role == "owner", User.disabled_at.is_(None)).limit(1)
    return session.scalar(alive) is not None


def create_user(
    *, email: str, name: str, role: str, password: str | None = None, work: Work
) -> User:
    """Make an account; without a password nobody can sign in to it until one is set."""
    user = User(email=email, name=name, role=role, slug="", bio="", language="")
    if password is not None:
        check_password(password, name=name, email=email, site=load_site(work.session).title)
        user.password_hash = hash_password(password)
    save_user(user, work=work)
    return user


def save_user(user: User, *, version: int | None = None, work: Work) -> None:
    """Store an account; raises Invalid naming the field, Conflict for the last owner."""
    if is_new(user) or user.id != work.actor.user_id:
        work.require(Permission.USERS_EDIT)
    with work.session.no_autoflush:
        before, address = _stored(user, work)
        if before is not None and before != user.role:
            work.require(Permission.USERS_EDIT)
            if before == "owner" and user.disabled_at is None:
                _keep_an_owner(work)
        _check(user, work)
    user.updated_at = work.at
    if is_new(user):
        user.created_at, user.version, user.epoch = work.at, 1, 1
        work.session.add(user)
        action = "user.created"
    else:
        check_version(user, version, work=work)
        action = "user.saved"
        if before != user.role:
            user.epoch += 1
        if address != user.email:
            _end_links(user, work)  # what was sent to the old address is somebody else's now
    work.record(action, user, user.name, role=user.role)


def set_role(user: User, role: str, *, work: Work) -> None:
    """Give an account another role; its sessions end. Raises Conflict for the last owner."""
    user.role = role
    save_user(user, work=work)


def set_password(user: User, password: str, *, work: Work) -> None:
    """Set a password; every session of the user and every unused password link ends."""
    if user.id != work.actor.user_id:
        work.require(Permission.USERS_EDIT)
    site = load_site(work.session).title
    check_password(password, name=user.name, email=user.email, site=site)
    user.password_hash = hash_password(password)
    user.epoch += 1
    check_version(user, None, work=work)
    user.updated_at = work.at
    _end_links(user, work)
    work.record("user.password_set", user, user.name)


def disable_user(user: User, *, work: Work) -> None:
    """Shut an account out and end its sessions; raises Conflict for the last owner."""
    work.require(Permission.USERS_EDIT)
    if user.disabled_at is not None:
        raise Conflict(say("This account is disabled already."))
    if user.role == "owner":
        _keep_an_owner(work)
    check_version(user, None, work=work)
    user.disabled_at, user.epoch = work.at, user.epoch + 1
    _end_links(user, work)
    _end_tokens(user, work)
    _end_previews(user, work)
    work.record("user.disabled", user, user.name)


def enable_user(user: User, *, work: Work) -> None:
    """Let a disabled account in again."""
    work.require(Permission.USERS_EDIT)
    if user.disabled_at is None:
        raise Conflict(say("This account is not disabled."))
    check_version(user, None, work=work)
    user.disabled_at = None
    work.record("user.enabled", user, user.name)


def end_sessions(user: User, *, work: Work) -> None:
    """Sign a person out everywhere, as when a device is lost."""
    if user.id != work.actor.user_id:
        work.require(Permission.USERS_EDIT)
    check_version(user, None, work=work)
    user.epoch += 1
    work.record("user.sessions_ended", user, user.name)


def _end_links(user: User, work: Work) -> None:
    """End every link by which someone could come in as this person."""
    links = update(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
    work.session.execute(links.values(used_at=work.at))


def _end_tokens(user: User, work: Work) -> None:
    """End the tokens of every client that acts for this person, for good."""
    clients = update(ApiClient).where(ApiClient.user_id == user.id)
    work.session.execute(clients.values(epoch=ApiClient.epoch + 1))


def _end_previews(user: User, work: Work) -> None:
    """Let the preview links that this person gave away open nothing any more."""
    links = update(PreviewLink).where(
        PreviewLink.author_id == user.id, PreviewLink.revoked_at.is_(None)
    )
    work.session.execute(links.values(revoked_at=work.at))


def _stored(user: User, work: Work) -> tuple[str | None, str]:
    """Return role and address as they are kept; None for a new account."""
    if is_new(user):
        return None, user.email
    found = work.session.execute(select(User.role, User.email).where(User.id == user.id)).one()
    return found.role, found.email


def _keep_an_owner(work: Work) -> None:
    """Refuse to go on when there is no other owner; two who leave at once wait for each other."""
    owners = select(User.id).where(User.role == "owner", User.disabled_at.is_(None))
    if len(work.session.scalars(owners.order_by(User.id).with_for_update()).all()) <= 1:
        raise Conflict(say("This is the last owner. Make someone else an owner first."))


def _check(user: User, work: Work) -> None:
    user.email, user.name = user.email.strip().casefold(), one_line(user.name)
    errors = {}
    if not EMAIL.fullmatch(user.email):
        errors["email"] = say("Give an e-mail address such as ann@example.org.")
    elif (other := find_user(work.session, user.email)) is not None and other is not user:
        errors["email"] = say("Another account has this address.")
    if not 1 <= len(user.name) <= 100:
        errors["name"] = say("Give %(least)s to %(most)s characters.", least=1, most=100)
    if user.role not in ROLES:
        errors["role"] = say("Choose one of %(choices)s.", choices=", ".join(ROLES))
    if len(user.bio or "") > 1000:
        errors["bio"] = say("Give at most %(most)s characters.", most="1,000")

    def taken(slug: str) -> bool:
        other = work.session.scalar(select(User).where(User.slug == slug))
        return other is not None and other is not user

    user.slug = user.slug or numbered(slugify(user.name) or "author", taken)
    try:
        check_slug(user.slug)
    except SlugError as error:
        errors["slug"] = error.message
    if taken(user.slug):
        errors["slug"] = say("“%(slug)s” is taken by another account.", slug=user.slug)
    if errors:
        raise Invalid(errors)
