"""Signing in: sessions are rows, so that they can be listed and revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from shared.domain import throttle
from shared.domain.errors import Conflict, NotFound
from shared.domain.jobs import enqueue
from shared.domain.passwords import hash_password, hash_token, needs_rehash, new_token
from shared.domain.work import Actor, Work
from shared.models import LoginSession, OneTimeLink, User
from shared.saying import say

PER_ACCOUNT = throttle.Rate(10, 900)
PER_ADDRESS = throttle.Rate(30, 900)
OVERALL = throttle.Rate(300, 900)
QUESTIONS = throttle.Rate(60, 900)
QUESTIONS_OVERALL = throttle.Rate(2_000, 900)
SEEN_EVERY = timedelta(minutes=1)
LINK_LIFE = timedelta(days=7)
PLACE = "~token~"  # where a mail has its link
FORGOTTEN_LIFE = timedelta(hours=1)
FORGOTTEN_PER_ACCOUNT = throttle.Rate(3, 3_600)
FORGOTTEN_PER_ADDRESS = throttle.Rate(10, 3_600)
FORGOTTEN_OVERALL = throttle.Rate(100, 3_600)


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lasts without a request, and in all."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Person:
    """What a session tells of its account: enough to act as it, nothing to change."""

    id: int
    name: str
    email: str
    role: str
    epoch: int
    language: str


@dataclass(frozen=True, slots=True)
class Login:
    """One sign-in that lasts, and whose it is."""

    id: int
    seen_at: datetime
    proved_at: datetime
    user: Person


_FOUND: Any = (
    select(
        LoginSession.id,
        LoginSession.seen_at,
        LoginSession.created_at,
        LoginSession.proved_at,
        User.id,
        User.name,
        User.email,
        User.role,
        User.epoch,
        User.language,
    )
    .join(User, User.id == LoginSession.user_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.revoked_at.is_(None),
        LoginSession.epoch == User.epoch,
        User.disabled_at.is_(None),
    )
)


def count_attempt(session: Session, *, email: str, address: str, at: datetime) -> None:
    """Count one attempt to sign in; raises Throttled by account, by address, and overall."""
    throttle.take(session, f"login:account:{email.strip().casefold()}", PER_ACCOUNT, at=at)
    throttle.take(session, f"login:address:{throttle.network_of(address)}", PER_ADDRESS, at=at)
    throttle.take(session, "login:all", OVERALL, at=at)


def count_code(session: Session, *, user_id: int, address: str, at: datetime) -> None:
    """Count one attempt at a second factor; raises Throttled by account and by address."""
    throttle.take(session, f"second:account:{user_id}", PER_ACCOUNT, at=at)
    network = throttle.network_of(address)
    throttle.take(session, f"second:address:{network}", PER_ADDRESS, at=at)


def count_question(session: Session, *, address: str, at: datetime) -> None:
    """Count one question to a passkey; raises Throttled by address and overall."""
    network = throttle.network_of(address)
    throttle.take(session, f"passkey:address:{network}", QUESTIONS, at=at)
    throttle.take(session, "passkey:all", QUESTIONS_OVERALL, at=at)


def open_session(
    user: User,
    *,
    address: str,
    user_agent: str,
    password: str | None = None,
    language: str = "",
    work: Work,
) -> str:
    """Start a session and return its token, which is kept only as a hash.

    A `language` that was chosen before signing in becomes the person's own.
    """
    token = new_token()
    if password is not None and needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    user.last_login_at = work.at
    user.language = language or user.language
    work.session.add(
        LoginSession(
            user_id=user.id,
            token_hash=hash_token(token),
            epoch=user.epoch,
            address=address[:64],
            user_agent=user_agent[:300],
            created_at=work.at,
            seen_at=work.at,
        )
    )
    throttle.forget(work.session, f"login:account:{user.email}")
    work.record("user.signed_in", user, user.name)
    return token


def find_session(
    session: Session, token: str, *, at: datetime, lifetimes: Lifetimes
) -> Login | None:
    """Return the session of a token while it lasts and its user may enter, else None.

    What is pending in the session has to be flushed: every request asks this, so it reads columns.
    """
    found = session.connection().execute(_FOUND, {"token_hash": hash_token(token)}).first()
    if found is None:
        return None
    number, seen_at, created_at, proved_at, *person = found
    if at - seen_at > lifetimes.idle or at - created_at > lifetimes.absolute:
        return None
    return Login(number, seen_at, proved_at or created_at, Person(*person))


def touch_session(session: Session, session_id: int, *, at: datetime) -> None:
    """Note that a session is in use."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=at))


def prove_session(session: Session, session_id: int, *, at: datetime) -> None:
    """Note that whoever sits at a session has just proved who it is."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(proved_at=at))


def close_session(token: str, *, work: Work) -> None:
    """End the session of a token, if there is one."""
    found = work.session.scalar(
        select(LoginSession).where(LoginSession.token_hash == hash_token(token))
    )
    if found is not None and found.revoked_at is None:
        found.revoked_at = work.at
        work.record("user.signed_out", found.user, found.user.name)


def list_sessions(
    session: Session, user: User | Person, *, at: datetime, lifetimes: Lifetimes
) -> list[LoginSession]:
    """Return the sessions of a user that still last, the last used one first."""
    lasting = select(LoginSession).where(
        LoginSession.user_id == user.id,
        LoginSession.epoch == user.epoch,
        LoginSession.revoked_at.is_(None),
        LoginSession.seen_at >= at - lifetimes.idle,
        LoginSession.created_at >= at - lifetimes.absolute,
    )
    return list(session.scalars(lasting.order_by(LoginSession.seen_at.desc()).limit(100)))


def get_session(session: Session, session_id: int, *, user: User | Person) -> LoginSession:
    """Return a user's session by its id; raises NotFound, also for someone else's."""
    found = session.get(LoginSession, session_id)
    if found is None or found.user_id != user.id:
        raise NotFound(say("There is no such session."))
    return found


def revoke_session(login: LoginSession, *, work: Work) -> None:
    """End a session from another one."""
    if login.revoked_at is None:
        login.revoked_at = work.at
        work.record("user.session_revoked", login.user, login.user.name)


def ask_for_link(email: str, *, link: str, asked_in: str, by: str, work: Work) -> None:
    """Owe a password link to an address, in the same way whether it has an account; may throttle.

    The job puts the token where `link` says PLACE, and writes in the language of the account, or
    the one that was `asked_in`.
    """
    key = email.strip().casefold()
    throttle.take(work.session, f"forgotten:account:{key}", FORGOTTEN_PER_ACCOUNT, at=work.at)
    network = throttle.network_of(by)
    throttle.take(work.session, f"forgotten:address:{network}", FORGOTTEN_PER_ADDRESS, at=work.at)
    throttle.take(work.session, "forgotten:all", FORGOTTEN_OVERALL, at=work.at)
    enqueue(work, "password_link", urgent=True, email=key[:254], link=link, asked_in=asked_in)


def offer_link(
    purpose: str, *, user: User | None = None, life: timedelta = LINK_LIFE, work: Work
) -> str:
    """Make a single-use link's token; earlier links of the same purpose and user end."""
    token = new_token()
    work.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None))
        .where(OneTimeLink.user_id == user.id if user else OneTimeLink.user_id.is_(None))
        .values(used_at=work.at)
    )
    link = OneTimeLink(
        purpose=purpose,
        token_hash=hash_token(token),
        user_id=user.id if user else None,
        created_at=work.at,
        expires_at=work.at + life,
    )
    work.session.add(link)
    work.record(f"link.{purpose}_offered", link, user.name if user else "")
    return token


def find_link(session: Session, purpose: str, token: str, *, at: datetime) -> OneTimeLink | None:
    """Return the link of a token while it may still be used, else None."""
    return session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.purpose == purpose,
            OneTimeLink.token_hash == hash_token(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
        )
    )


def use_link(link: OneTimeLink, *, work: Work) -> None:
    """Spend a link; raises Conflict when it was spent since it was found."""
    unused = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
    spent = work.session.execute(unused.values(used_at=work.at).returning(OneTimeLink.id))
    if spent.first() is None:
        raise Conflict(say("This link was used meanwhile."))
    work.record(f"link.{link.purpose}_used", link)


def as_user(user: User, work: Work) -> Work:
    """Return the same unit of work with this user as its actor."""
    return Work(
        session=work.session, actor=Actor.of_user(user), at=work.at, request_id=work.request_id
    )
