"""Before what is dangerous, whoever sits at the console proves once more who it is.

A session that was left open on a desk must not change a role or take everything out. The form that
was posted is shown again, hidden, with a question for the password, a code or a passkey; what is
answered goes to the very same address, so nothing typed is lost and no JavaScript is needed.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.account.answers import answer_json, wants_json
from admin.account.codes import check_code
from admin.account.identity import find_me
from admin.account.passkey_answers import is_own_passkey
from admin.account.safe_next import here
from admin.account.signing_in import count, count_second
from admin.acting import me
from shared.domain.factors import find_factors
from shared.domain.passwords import verify_password
from shared.domain.sessions import prove_session
from shared.domain.users import get_user
from shared.web import now, runtime
from shared.web.context import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])
LASTS: Final = timedelta(minutes=15)
PASSWORD, CODE, PASSKEY = "proof_password", "proof_code", "proof_passkey"
OWN_FIELDS: Final = frozenset({PASSWORD, CODE, PASSKEY, "csrf_token"})


def recently_proved(view: View) -> View:
    """Ask before a view changes something: did the person prove who it is within LASTS?

    Use it below `requires`; signing in is a proof too.
    """

    @wraps(view)
    def guarded(**parts: Any) -> ResponseReturnValue:
        if request.method in SAFE_METHODS or is_proved() or prove():
            return cast("ResponseReturnValue", view(**parts))
        return ask()

    return cast("View", guarded)


def is_proved() -> bool:
    """Tell whether the session at hand was proved a short while ago; nobody's needs no proof."""
    found = find_me()
    return found is None or now() - found.login.proved_at < LASTS


def prove() -> bool:
    """Check what was given as a proof, and note it; raises Throttled."""
    if not is_given_and_right():
        return False
    with runtime().database.writing() as writing:
        prove_session(writing, me().login.id, at=now())
        writing.commit()
    return True


def is_given_and_right() -> bool:
    """Tell whether password, code or passkey in the form are the person's."""
    mine = me().user
    if request.form.get(PASSKEY):
        count_second(mine.id)
        return is_own_passkey(request.form[PASSKEY], user_id=mine.id)
    if request.form.get(CODE):
        count_second(mine.id)
        return check_code(mine.id, request.form[CODE])
    if not request.form.get(PASSWORD):
        return False
    count(mine.email)
    with runtime().database.reading() as reading:
        kept = get_user(reading, mine.id).password_hash
    return verify_password(kept, request.form[PASSWORD])


def ask() -> ResponseReturnValue:
    """Ask for a proof, with the form that was posted still in hand."""
    if wants_json():
        return answer_json({"needs": "proof"}, 403)
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name not in OWN_FIELDS
    ]
    tried = any(request.form.get(name) for name in (PASSWORD, CODE, PASSKEY))
    with runtime().database.reading() as reading:
        factors = find_factors(reading, me().user.id)
    page = render_template(
        "account/prove.html",
        path=here(),
        fields=fields,
        factors=factors,
        wrong=_("That is not right. Try once more.") if tried else "",
    )
    return page, 422 if tried else 401
