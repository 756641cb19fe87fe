"""How a sign-in is decided: the same answer, after the same work, whoever is asked for."""

import logging
from dataclasses import dataclass
from typing import Literal

from flask import flash, g, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from sqlalchemy.orm import Session

from admin.account.half import begin_half
from admin.account.identity import SignedIn, find_me, lifetimes
from admin.acting import system_work
from admin.languages import asked
from shared.domain.factors import find_factors, is_asked
from shared.domain.passwords import verify_password
from shared.domain.sessions import (
    as_user,
    close_session,
    count_attempt,
    count_code,
    count_question,
    find_session,
    open_session,
)
from shared.domain.throttle import sweep
from shared.domain.users import find_user, get_user
from shared.domain.work import Work
from shared.models import User
from shared.web import commit, now, runtime, session

log = logging.getLogger(__name__)
Step = Literal["in", "second", "setup"]
ENDPOINTS = {"second": "account.second", "setup": "account.enrol"}


@dataclass(frozen=True)
class Entrance:
    """How far a right password leads: `in`, to the `second` step, or first to its `setup`."""

    step: Step
    user: User
    has_passkey: bool = False


def client_address() -> str:
    """Return the address that this request came from, as the gate found it."""
    return str(request.environ.get("triptych.client") or request.remote_addr or "")


def sign_in(email: str, password: str) -> Entrance | None:
    """Start a session when address and password are right and enough; raises Throttled.

    The password is checked outside of any unit of work: it takes 20 ms in which others write.
    """
    count(email)
    with runtime().database.reading() as reading:
        user = find_user(reading, email)
        step, has_passkey = further_step(reading, user)
    right = verify_password(user.password_hash if user else "", password)
    if user is None or not right or user.disabled_at is not None:
        log.warning("sign-in refused, from %s", client_address())
        return None
    if step == "in":
        let_in(user, password=password)
    return Entrance(step, user, has_passkey)


def further_step(reading: Session, user: User | None) -> tuple[Step, bool]:
    """Return what a right password leads to; looked up for nobody too, so that it takes as long."""
    factors = find_factors(reading, user.id if user else 0)
    asked = is_asked(reading, user.role if user else "reader")
    if factors.any:
        return "second", factors.passkeys > 0
    return ("setup" if asked else "in"), False


def let_in(user: User, *, password: str | None = None) -> None:
    """Open a session for someone who has shown all there is to show."""
    work = system_work()
    sweep(work.session, at=work.at)
    begin_session(get_user(session(), user.id), work=work, password=password)
    commit()


def come_in(user: User, said: str, *, work: Work) -> ResponseReturnValue:
    """Let someone in who has just set a password, or send them to the second step; commits.

    What is `said` comes after the new session, which begins with an empty cookie.
    """
    step, _ = further_step(work.session, user)
    if step == "in":
        begin_session(user, work=work)
        commit()
        flash(said, "success")
        return redirect(url_for("dashboard.index"), 303)
    commit()
    flash(said, "success")
    begin_half(user)
    return redirect(url_for(ENDPOINTS[step]), 303)


def count(email: str) -> None:
    """Count one attempt in a unit of its own, so that it stays counted; raises Throttled."""
    with runtime().database.writing() as writing:
        count_attempt(writing, email=email, address=client_address(), at=now())
        writing.commit()


def count_second(user_id: int) -> None:
    """Count one attempt at a second factor, as `count` does; raises Throttled."""
    with runtime().database.writing() as writing:
        count_code(writing, user_id=user_id, address=client_address(), at=now())
        writing.commit()


def count_passkey() -> None:
    """Count one question to a passkey; raises Throttled."""
    with runtime().database.writing() as writing:
        count_question(writing, address=client_address(), at=now())
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
