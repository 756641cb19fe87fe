"""Passkeys in a request: which host they are for, which question the browser was asked."""

from urllib.parse import urlsplit

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from shared.domain.passkeys import (
    LASTS,
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
from shared.web.factory import cookie_name


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
    """Note in a cookie of its own which question this browser was asked.

    The page asks by itself while its person may be signing in by password already; written into
    the session's cookie, a late answer would put an older session back.
    """

    @after_this_request
    def note(response: Response) -> Response:
        response.set_cookie(
            _name(),
            str(_signed().dumps(number)),
            max_age=LASTS,
            path=f"{request.script_root}/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Strict",
        )
        return response


def taken_question(purpose: str) -> Question | None:
    """Take up the question that this browser was asked, so that no second answer counts."""
    try:
        number = _signed().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return None
    with runtime().database.writing() as writing:
        question = take_question(writing, number, purpose, at=now())
        writing.commit()
    return question


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="passkey")


def _name() -> str:
    return cookie_name("passkey", secure=current_app.config["SESSION_COOKIE_SECURE"])


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
