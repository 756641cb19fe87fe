"""How a sign-in is decided: the same answer, after the same work, whoever is asked for."""

import logging

from flask import g, request
from flask import session as cookie
from flask_login import login_user, logout_user

from admin.account.identity import SignedIn, find_me, lifetimes
from admin.acting import system_work
from admin.languages import asked
from shared.domain.passwords import verify_password
from shared.domain.sessions import as_user, close_session, count_attempt, find_session, open_session
from shared.domain.throttle import sweep
from shared.domain.users import find_user, get_user
from shared.domain.work import Work
from shared.models import User
from shared.web import commit, now, runtime, session

log = logging.getLogger(__name__)


def client_address() -> str:
    """Return the address that this request came from, as the gate found it."""
    return str(request.environ.get("triptych.client") or request.remote_addr or "")


def sign_in(email: str, password: str) -> bool:
    """Start a session when address and password are right; raises Throttled.

    The password is checked outside of any unit of work: it takes 20 ms in which others write.
    """
    count(email)
    with runtime().database.reading() as reading:
        user = find_user(reading, email)
    right = verify_password(user.password_hash if user else "", password)
    if user is None or not right or user.disabled_at is not None:
        log.warning("sign-in refused, from %s", client_address())
        return False
    work = system_work()
    sweep(work.session, at=work.at)
    begin_session(get_user(session(), user.id), work=work, password=password)
    commit()
    return True


def count(email: str) -> None:
    """Count one attempt in a unit of its own, so that it stays counted; raises Throttled."""
    with runtime().database.writing() as writing:
        count_attempt(writing, email=email, address=client_address(), at=now())
        writing.commit()


def begin_session(user: User, *, work: Work, password: str | None = None) -> None:
    """Sign a person in with a new session and an empty cookie; the caller commits."""
    token = open_session(
        user,
        address=client_address(),
        user_agent=request.user_agent.string,
        password=password,
        language=asked(),
        work=as_user(user, work),
    )
    work.flush()
    found = find_session(work.session, token, at=work.at, lifetimes=lifetimes(runtime().settings))
    assert found is not None
    cookie.clear()
    # Flask-WTF keeps the old cookie's token for the rest of this request; its page needs a new one.
    g.pop("csrf_token", None)
    login_user(SignedIn(found, token))


def end_session(*, work: Work) -> None:
    """Sign whoever is signed in out; the caller commits."""
    me = find_me()
    if me is not None:
        close_session(me.token, work=work)
    logout_user()
    cookie.clear()
