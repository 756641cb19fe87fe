"""Passkeys in a request: which host they are for, which question the browser was asked."""

from urllib.parse import urlsplit

from flask import request
from flask import session as cookie

from shared.domain.passkeys import (
    Party,
    Question,
    begin_proof,
    check_proof,
    take_question,
)
from shared.domain.site import load_site
from shared.domain.work import SYSTEM, Work
from shared.models import User
from shared.web import now, runtime

KEY = "passkey"


def party() -> Party:
    """Return the host that passkeys of this console are for: of the settings, else the request's.

    The gate lets only known hosts through.
    """
    settings = runtime().settings
    asked = f"{request.scheme}://{request.host}"
    parts = urlsplit(settings.admin_url or settings.site_url or asked)
    with runtime().database.reading() as reading:
        title = load_site(reading).title
    return Party(parts.hostname or "", f"{parts.scheme}://{parts.netloc}", title)


def remember_question(number: int) -> None:
    """Note in the cookie which question this browser was asked."""
    cookie[KEY] = number


def taken_question(purpose: str) -> Question | None:
    """Take up the question that this browser was asked, so that no second answer counts."""
    number = cookie.pop(KEY, None)
    if not isinstance(number, int):
        return None
    with runtime().database.writing() as writing:
        question = take_question(writing, number, purpose, at=now())
        writing.commit()
    return question


def asked_proof(user_id: int | None) -> str:
    """Ask for a proof; return what the browser needs, as JSON."""
    with runtime().database.writing() as writing:
        work = Work(session=writing, actor=SYSTEM, at=now())
        number, options = begin_proof(user_id, party=party(), work=work)
        writing.commit()
    remember_question(number)
    return options


def proved_user(answer: str) -> User | None:
    """Return whose passkey answered the question of this browser, None when nobody's."""
    question = taken_question("prove")
    if question is None:
        return None
    with runtime().database.writing() as writing:
        work = Work(session=writing, actor=SYSTEM, at=now())
        user = check_proof(answer, question=question, party=party(), work=work)
        writing.commit()
    return user if user is not None and user.disabled_at is None else None


def is_own_passkey(answer: str, *, user_id: int) -> bool:
    """Tell whether the answer is of a passkey of this person."""
    user = proved_user(answer)
    return user is not None and user.id == user_id
