"""Flask-Login over our own session rows: who is at the other end of this request."""

from contextlib import suppress
from datetime import timedelta

from flask import Flask, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.exc import DBAPIError

from admin.account.resume import ask_to_sign_in
from shared.domain.permissions import Permission
from shared.domain.sessions import (
    SEEN_EVERY,
    Lifetimes,
    Login,
    Person,
    find_session,
    touch_session,
)
from shared.domain.work import Actor
from shared.settings import Settings
from shared.web import now, runtime, session
from shared.web.context import SAFE_METHODS
from shared.write_gate import DatabaseBusyError

KIND = "user"


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A person who is signed in, by one row of `login_session`."""

    def __init__(self, login: Login, token: str) -> None:
        self.login, self.token = login, token
        self.actor = Actor.of_user(login.user)

    @property
    def user(self) -> Person:
        """The account behind the session."""
        return self.login.user

    def may(self, *permissions: Permission) -> bool:
        """Tell whether the person has at least one of these permissions."""
        return not self.actor.permissions.isdisjoint(permissions)

    def get_id(self) -> str:
        """Return what the cookie keeps: a kind, so that no other app's id fits, epoch, token."""
        return f"{KIND}:{self.user.epoch}:{self.token}"


class ConsoleSessions(SecureCookieSessionInterface):
    """The session cookie, for the console's own path wherever it is mounted."""

    def get_cookie_path(self, app: Flask) -> str:
        """Return the path below which the cookie is sent."""
        return request.script_root or super().get_cookie_path(app)


def register_identity(app: Flask) -> None:
    """Set up the cookie and load whoever is signed in."""
    app.session_interface = ConsoleSessions()
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # the row is what ends a session, not a changed address
    manager.user_loader(load_signed_in)
    manager.unauthorized_handler(ask_to_sign_in)


def find_me() -> SignedIn | None:
    """Return the signed-in person, or None."""
    found = current_user._get_current_object()  # noqa: SLF001 - Werkzeug's way to what a proxy stands for
    return found if isinstance(found, SignedIn) else None


def forget_me() -> None:
    """Take the person for a stranger in the rest of this request."""
    g._login_user = None  # noqa: SLF001 - where Flask-Login keeps whom it has found


def load_signed_in(identifier: str) -> SignedIn | None:
    """Return the person whose cookie this is while the session lasts, else None."""
    kind, _, rest = identifier.partition(":")
    epoch, _, token = rest.partition(":")
    found = _find(token) if kind == KIND and token else None
    if found is None or str(found.user.epoch) != epoch:
        return None
    return SignedIn(found, token)


def lifetimes(settings: Settings) -> Lifetimes:
    """Return how long sessions last in this installation."""
    return Lifetimes(
        idle=timedelta(minutes=settings.session_idle_minutes),
        absolute=timedelta(hours=settings.session_hours),
    )


def touch(me: SignedIn) -> None:
    """Note at most once a minute that a session is in use; a busy database does not matter."""
    if now() - me.login.seen_at < SEEN_EVERY:
        return
    with suppress(DatabaseBusyError, DBAPIError), runtime().database.writing() as writing:
        touch_session(writing, me.login.id, at=now())
        writing.commit()


def _find(token: str) -> Login | None:
    """Read the session row; not by the unit of work of a POST, which would queue for writing."""
    lasting = lifetimes(runtime().settings)
    if request.method in SAFE_METHODS:
        return find_session(session(), token, at=now(), lifetimes=lasting)
    with runtime().database.reading() as reading:
        return find_session(reading, token, at=now(), lifetimes=lasting)
