"""Passwords: changing one's own, and the single-use link that sets a first or forgotten one."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from admin.access import open_to_everyone, requires
from admin.account.forms import ChangePasswordForm, NewPasswordForm
from admin.account.letters import tell
from admin.account.routes import route
from admin.account.signing_in import begin_session, come_in, count
from admin.acting import me, system_work, work
from shared.domain import sessions
from shared.domain.errors import Invalid, Throttled
from shared.domain.passwords import verify_password
from shared.domain.permissions import Permission
from shared.domain.users import get_user, set_password
from shared.web import commit, now, runtime, session


@route("password", methods=["GET", "POST"])
@requires(Permission.CONSOLE_ENTER)
def password() -> ResponseReturnValue:
    """Change one's own password; every other session of the account ends."""
    form = ChangePasswordForm()
    if form.validate_on_submit() and change(form):
        flash(_("Your password is changed. You were signed out everywhere else."), "success")
        return redirect(url_for("account.profile"), 303)
    page = render_template("account/password.html", form=form)
    return make_response(page, 422 if form.is_submitted() else 200)


def change(form: ChangePasswordForm) -> bool:
    """Set the password when the current one is right; else say why not in the form."""
    mine = me().user
    try:
        count(mine.email)
        check_current(mine.id, form.current.data)
        own = get_user(session(), mine.id)
        set_password(own, form.password.data, work=work())
    except Invalid as error:
        form.take_errors(error)
    except Throttled as error:
        form.form_errors.append(error.message)
    else:
        begin_session(own, work=work())
        tell(own, _l("The password of your account was changed."), unit=work())
        commit()
        return True
    return False


def check_current(user_id: int, password: str) -> None:
    """Raise Invalid unless this is the user's password of today, asked before work begins."""
    with runtime().database.reading() as reading:
        kept = get_user(reading, user_id).password_hash
    if not verify_password(kept, password):
        raise Invalid({"current": _("This is not your current password.")})


@route("link", methods=["GET", "POST"])
@open_to_everyone
def link(token: str) -> ResponseReturnValue:
    """Set a password by a single-use link, and sign in with it."""
    found = sessions.find_link(session(), "password", token, at=now())
    user = get_user(session(), found.user_id) if found and found.user_id else None
    if found is None or user is None or user.disabled_at is not None:
        return make_response(render_template("account/link_spent.html"), 410)
    form = NewPasswordForm()
    if form.validate_on_submit():
        unit = system_work()
        try:
            sessions.use_link(found, work=sessions.as_user(user, unit))
            set_password(user, form.password.data, work=unit)
        except Invalid as error:
            form.take_errors(error)
        else:
            return come_in(user, _("Your password is set."), work=unit)
    page = render_template("account/link.html", form=form, person=user)
    return make_response(page, 422 if form.is_submitted() else 200)
