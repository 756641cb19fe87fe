"""Passkeys at the console: signing in with one, adding, naming and removing one's own."""

import json

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from admin.access import open_to_everyone, requires
from admin.account.answers import answer_json, wants_json
from admin.account.forms import PasskeyForm, PasskeyNameForm, SecondForm
from admin.account.half import find_half
from admin.account.identity import find_me
from admin.account.letters import tell
from admin.account.login import go_on
from admin.account.passkey_answers import (
    asked_proof,
    party,
    proved_user,
    remember_question,
    taken_question,
)
from admin.account.proving import recently_proved
from admin.account.routes import route
from admin.account.signing_in import count_passkey, let_in
from admin.acting import me, work
from shared.domain.errors import Invalid
from shared.domain.factors import find_factors
from shared.domain.passkeys import (
    Question,
    add_passkey,
    begin_adding,
    get_passkey,
    remove_passkey,
    rename_passkey,
)
from shared.domain.permissions import Permission
from shared.domain.totp import make_recovery_codes
from shared.domain.users import get_user
from shared.models import User
from shared.web import commit, session


@route("passkey_ask", methods=["POST"])
@open_to_everyone
def ask() -> ResponseReturnValue:
    """Ask the browser for a proof: of whoever is signed in or half so, else of anyone known."""
    count_passkey()
    mine, half = find_me(), find_half()
    user_id = mine.user.id if mine else half.user.id if half else None
    return Response(asked_proof(user_id), mimetype="application/json")


@route("passkey_enter", methods=["POST"])
@open_to_everyone
def enter() -> ResponseReturnValue:
    """Sign in by a passkey: alone, since it verified its person, or after a password."""
    count_passkey()
    form = SecondForm()
    user = proved_user(request.form.get("answer", ""))
    if user is None:
        said = _("This passkey opens no account here. Sign in with your password.")
        if wants_json():
            return answer_json({"errors": {"": [said]}}, 422)
        flash(said, "error")
        return redirect(url_for("account.login", next=form.next.data or None), 303)
    let_in(user)
    return go_on(form)


@route("passkey_new", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def new() -> ResponseReturnValue:
    """Show the page on which the browser makes a passkey."""
    user = get_user(session(), me().user.id)
    number, options = begin_adding(user, party=party(), work=work())
    commit()
    remember_question(number)
    form = PasskeyForm(formdata=None)
    about = {"options": json.loads(options), "host": party().host}
    return render_template("account/passkey.html", form=form, **about)


@route("passkey_add", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def add() -> ResponseReturnValue:
    """Add the passkey that the browser made; with the first factor come recovery codes."""
    form, question = PasskeyForm(), taken_question("add")
    user = get_user(session(), me().user.id)
    try:
        codes = added(user, form, question)
    except Invalid as error:
        flash("; ".join(error.errors.values()), "error")
        return redirect(url_for("account.security"), 303)
    if codes:
        return render_template("account/codes.html", codes=codes, next="")
    flash(_("The passkey is added."), "success")
    return redirect(url_for("account.security"), 303)


def added(user: User, form: PasskeyForm, question: Question | None) -> list[str]:
    """Add a passkey; return recovery codes where the account had no second factor before."""
    if question is None:
        raise Invalid({"answer": _("That took too long. Try once more.")})
    had = find_factors(session(), user.id)
    answer, name = form.answer.data or "", form.name.data or ""
    add_passkey(user, answer, name=name, question=question, party=party(), work=work())
    codes = [] if had.any else make_recovery_codes(user, work=work())
    tell(user, _l("A passkey was added to your account."), unit=work())
    commit()
    return codes


@route("passkey_rename", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
def rename(id: int) -> ResponseReturnValue:
    """Give one's passkey a name."""
    form = PasskeyNameForm()
    key = get_passkey(session(), id, user_id=me().user.id)
    rename_passkey(key, form.name.data or "", work=work())
    commit()
    flash(_("The passkey is called “%(name)s” now.", name=key.name), "success")
    return redirect(url_for("account.security"), 303)


@route("passkey_remove", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
@recently_proved
def remove(id: int) -> ResponseReturnValue:
    """Remove one's passkey."""
    key = get_passkey(session(), id, user_id=me().user.id)
    user, name = key.user, key.name
    remove_passkey(key, work=work())
    tell(user, _l("The passkey “%(name)s” was removed from your account.", name=name), unit=work())
    commit()
    flash(_("The passkey “%(name)s” opens nothing any more.", name=name), "success")
    return redirect(url_for("account.security"), 303)
