"""Signing in and out.

Scripts of the console, such as the editor's dialog over an unsaved text, sign in by the same
addresses with `Accept: application/json` and the same form fields (`csrf_token`, `email`,
`password`; then `csrf_token`, `code` to the second step). They are answered with JSON:

- 200 `{"ok": true, "csrf_token": …}`: signed in; forms that are open need this token from now on
- 200 `{"needs": "code", "passkey": true|false, "url": …, "csrf_token": …}`: the password was right;
  send `code` to `url`
- 200 `{"needs": "setup", "url": …}`: a second factor must be set up first, on the page at `url`
- 422 `{"errors": {"email": […], "": […]}, "csrf_token": …}`: wrong, by field; 429 when too often,
  with `Retry-After`; 400 when the cookie was missing: send it again with the new token

`GET` answers `{"signed_in": true|false, "csrf_token": …}`.
"""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import open_to_everyone
from admin.account.answers import answer_json, refuse, wants_json
from admin.account.forms import LoginForm, SecondForm
from admin.account.half import begin_half
from admin.account.identity import find_me
from admin.account.resume import unseal
from admin.account.routes import route
from admin.account.safe_next import next_or_home
from admin.account.signing_in import ENDPOINTS, Entrance, end_session, sign_in
from admin.acting import work
from shared.domain.errors import Throttled
from shared.domain.users import has_owner
from shared.web import commit, runtime


@route("login", methods=["GET", "POST"])
@open_to_everyone
def login() -> ResponseReturnValue:
    """Sign in; then go on to where the person was, or offer to send what they had typed."""
    form = LoginForm(next=request.args.get("next", ""))
    if not form.is_submitted():
        return first_look(form)
    try:
        found = sign_in(form.email.data, form.password.data) if form.validate() else None
    except Throttled as error:
        form.form_errors.append(error.message)
        return show(form, 429, retry_after=error.retry_after)
    if found is None:
        refused = _("This address and password do not match an account that may sign in.")
        form.form_errors += [] if form.errors else [refused]
        return show(form, 422)
    if found.step == "in":
        return go_on(form)
    begin_half(found.user)
    return ask_further(form, found)


def first_look(form: LoginForm) -> ResponseReturnValue:
    """Show the form, unless the person is in already."""
    if wants_json():
        return answer_json({"signed_in": find_me() is not None})
    if find_me() is not None:
        return redirect(next_or_home(form.next.data), 303)
    return show(form, 200)


def go_on(form: LoginForm | SecondForm) -> ResponseReturnValue:
    """Go where the person was, or show what they had sent while signed out."""
    if wants_json():
        return answer_json({"ok": True})
    kept = unseal(form.resume.data)
    if kept is not None:
        return render_template("account/resume.html", kept=kept)
    return redirect(next_or_home(form.next.data), 303)


def ask_further(form: LoginForm, found: Entrance) -> ResponseReturnValue:
    """Ask for the second factor, or to set one up, with what was typed before still in hand."""
    needs = "code" if found.step == "second" else "setup"
    endpoint = ENDPOINTS[found.step]
    if wants_json():
        told = {"needs": needs, "passkey": found.has_passkey, "url": url_for(endpoint)}
        return answer_json(told)
    if found.step == "second" and form.resume.data:
        kept = unseal(form.resume.data)
        then = SecondForm(formdata=None, next=form.next.data, resume=form.resume.data)
        about = {"form": then, "kept": kept, "has_passkey": found.has_passkey}
        return render_template("account/second.html", **about)
    return redirect(url_for(endpoint, next=form.next.data or None), 303)


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
    said = _("Your browser did not send this page's cookie. Allow it, and sign in once more.")
    form.form_errors = [said]
    return show(form, 400)


def is_unowned() -> bool:
    """Tell whether the set-up link is still to be used."""
    with runtime().database.reading() as session:
        return not has_owner(session)


def show(form: LoginForm, status: int, *, retry_after: int | None = None) -> ResponseReturnValue:
    """Show the sign-in page, with what was posted while signed out still in it."""
    if wants_json():
        return refuse(form, status, retry_after=retry_after)
    page = render_template(
        "account/login.html", form=form, kept=unseal(form.resume.data), unowned=is_unowned()
    )
    return page, status, {} if retry_after is None else {"Retry-After": str(retry_after)}
