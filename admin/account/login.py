"""Signing in and out."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from admin.access import open_to_everyone
from admin.account.forms import LoginForm
from admin.account.identity import find_me
from admin.account.resume import unseal
from admin.account.routes import route
from admin.account.safe_next import next_or_home
from admin.account.signing_in import end_session, sign_in
from admin.acting import work
from shared.domain.errors import Throttled
from shared.domain.users import has_owner
from shared.web import commit, runtime

REFUSED = _l("This address and password do not match an account that may sign in.")

COOKIE = _l("Your browser did not send this page's cookie. Allow it, and sign in once more.")


@route("login", methods=["GET", "POST"])
@open_to_everyone
def login() -> ResponseReturnValue:
    """Sign in; then go on to where the person was, or offer to send what they had typed."""
    form = LoginForm(next=request.args.get("next", ""))
    if find_me() is not None and not form.is_submitted():
        return redirect(next_or_home(form.next.data), 303)
    if not form.is_submitted():
        return show(form, 200)
    try:
        right = form.validate() and sign_in(form.email.data, form.password.data)
    except Throttled as error:
        form.form_errors.append(error.message)
        return show(form, 429, retry_after=error.retry_after)
    if not right:
        form.form_errors += [] if form.errors else [REFUSED]
        return show(form, 422)
    return go_on(form)


def go_on(form: LoginForm) -> ResponseReturnValue:
    """Go where the person was, or show what they had sent while signed out."""
    kept = unseal(form.resume.data)
    if kept is not None:
        return render_template("account/resume.html", kept=kept)
    return redirect(next_or_home(form.next.data), 303)


@route("logout", methods=["POST"])
@open_to_everyone
def logout() -> ResponseReturnValue:
    """End the session; the row first, the cookie with it."""
    if find_me() is not None:
        end_session(work=work())
        commit()
    return redirect(url_for("account.login"), 303)


def ask_again() -> ResponseReturnValue:
    """Show the form anew where the browser did not send the cookie that belongs to it."""
    form = LoginForm()
    form.form_errors = [COOKIE]
    return show(form, 400)


def is_unowned() -> bool:
    """Tell whether the set-up link is still to be used."""
    with runtime().database.reading() as session:
        return not has_owner(session)


def show(form: LoginForm, status: int, *, retry_after: int | None = None) -> ResponseReturnValue:
    """Show the sign-in page, with what was posted while signed out still in it."""
    page = render_template(
        "account/login.html", form=form, kept=unseal(form.resume.data), unowned=is_unowned()
    )
    response = make_response(page, status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
