"""The second step of signing in: a code, or setting up a second factor where one is asked for."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import open_to_everyone
from admin.account.answers import answer_json, refuse, wants_json
from admin.account.codes import check_code, offered_secret, qr_code
from admin.account.forms import SecondForm, TotpForm
from admin.account.half import Half, find_half
from admin.account.login import go_on
from admin.account.resume import unseal
from admin.account.routes import route
from admin.account.signing_in import begin_session, count_second, let_in
from admin.acting import system_work
from shared.domain.errors import Invalid, Throttled
from shared.domain.sessions import as_user
from shared.domain.totp import enable_totp, make_recovery_codes
from shared.domain.users import get_user
from shared.web import commit, runtime, session


@route("second", methods=["GET", "POST"])
@open_to_everyone
def second() -> ResponseReturnValue:
    """Ask for a code of the app or a recovery code, then go on as after signing in."""
    half = find_half()
    if half is None or not half.factors.any:
        return begin_anew()
    form = SecondForm(next=request.args.get("next", ""))
    if not form.is_submitted():
        return show(form, half, 200)
    try:
        if form.validate() and right_code(half, form.code.data):
            let_in(half.user)
            return go_on(form)
    except Throttled as error:
        form.form_errors.append(error.message)
        return show(form, half, 429, retry_after=error.retry_after)
    if not form.errors:
        form.code.errors = [_("This code is not right, or it was used already.")]
    return show(form, half, 422)


def right_code(half: Half, code: str) -> bool:
    """Tell whether a code opens the door; raises Throttled."""
    count_second(half.user.id)
    return check_code(half.user.id, code)


def begin_anew() -> ResponseReturnValue:
    """Send a person to the first step: it was too long ago, or never."""
    if wants_json():
        said = _("That took too long. Give your password once more.")
        return answer_json({"errors": {"": [said]}, "needs": "password"}, 422)
    return redirect(url_for("account.login", next=request.args.get("next")), 303)


def show(
    form: SecondForm, half: Half, status: int, *, retry_after: int | None = None
) -> ResponseReturnValue:
    """Show the second step."""
    if wants_json():
        return refuse(form, status, retry_after=retry_after)
    page = render_template(
        "account/second.html",
        form=form,
        kept=unseal(form.resume.data),
        has_passkey=half.factors.passkeys > 0,
    )
    return page, status, {} if retry_after is None else {"Retry-After": str(retry_after)}


@route("enrol", methods=["GET", "POST"])
@open_to_everyone
def enrol() -> ResponseReturnValue:
    """Set up an app on the way in, since the site asks for it; its first code opens the door."""
    half = find_half()
    if half is None or half.factors.any:
        return begin_anew()
    form = TotpForm(next=request.args.get("next", ""))
    secret = offered_secret(form, half.user.id)
    if form.validate_on_submit() and (codes := enrolled(form, half, secret)):
        return render_template("account/codes.html", codes=codes, next=form.next.data)
    page = render_template(
        "account/enrol.html", form=form, secret=secret, qr=qr_code(secret, half.user.email)
    )
    return page, 422 if form.is_submitted() else 200


def enrolled(form: TotpForm, half: Half, secret: str) -> list[str]:
    """Let the app's codes count and sign the person in; return the recovery codes."""
    count_second(half.user.id)
    unit = system_work()
    user = get_user(session(), half.user.id)
    own = as_user(user, unit)
    try:
        enable_totp(user, secret, form.code.data, key=runtime().key("totp"), work=own)
    except Invalid as error:
        form.take_errors(error)
        return []
    codes = make_recovery_codes(user, work=own)
    begin_session(user, work=unit)
    commit()
    return codes
