"""One's own second factor: an app of one-time codes, recovery codes, passkeys."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from admin.access import requires
from admin.account.codes import offered_secret, qr_code
from admin.account.forms import TotpForm
from admin.account.letters import tell
from admin.account.proving import recently_proved
from admin.account.routes import route
from admin.account.signing_in import count_second
from admin.acting import me, work
from shared.domain.errors import Invalid
from shared.domain.factors import find_factors, is_asked
from shared.domain.permissions import Permission
from shared.domain.totp import disable_totp, enable_totp, make_recovery_codes
from shared.domain.users import get_user
from shared.models import Passkey, User
from shared.web import commit, runtime, session


@route("security")
@requires(Permission.CONSOLE_ENTER)
def security() -> ResponseReturnValue:
    """Show what one has, and what may be added."""
    mine = me().user
    keys = select(Passkey).where(Passkey.user_id == mine.id).order_by(Passkey.id)
    return render_template(
        "account/security.html",
        factors=find_factors(session(), mine.id),
        passkeys=session().scalars(keys).all(),
        is_asked=is_asked(session(), mine.role),
    )


@route("totp", methods=["GET", "POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def totp() -> ResponseReturnValue:
    """Set up an app of one-time codes, or another one instead."""
    begins = "begin" in request.form
    form, mine = TotpForm(formdata=None) if begins else TotpForm(), me().user
    secret = offered_secret(form, mine.id)
    if not begins and form.validate_on_submit():
        count_second(mine.id)
        user = get_user(session(), mine.id)
        try:
            codes = set_up(user, secret, form.code.data)
        except Invalid as error:
            form.take_errors(error)
        else:
            return render_template("account/codes.html", codes=codes, next="")
    page = render_template(
        "account/totp.html", form=form, secret=secret, qr=qr_code(secret, mine.email)
    )
    return page, 422 if form.errors else 200


def set_up(user: User, secret: str, code: str) -> list[str]:
    """Let an app's codes count; return recovery codes, new ones whenever an app is new."""
    enable_totp(user, secret, code, key=runtime().key("totp"), work=work())
    codes = make_recovery_codes(user, work=work())
    tell(user, _l("An app of one-time codes was set up for your account."), unit=work())
    commit()
    return codes


@route("totp_remove", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def totp_remove() -> ResponseReturnValue:
    """Do without the app."""
    user = get_user(session(), me().user.id)
    disable_totp(user, work=work())
    tell(user, _l("The app of one-time codes was removed from your account."), unit=work())
    commit()
    flash(_("The app's codes do not count any more."), "success")
    return redirect(url_for("account.security"), 303)


@route("recovery", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def recovery() -> ResponseReturnValue:
    """Make new recovery codes and show them this once."""
    user = get_user(session(), me().user.id)
    codes = make_recovery_codes(user, work=work())
    commit()
    return render_template("account/codes.html", codes=codes, next="")
