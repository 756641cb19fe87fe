"""A forgotten password: a link by mail, with the same answer whoever is asked for.

The request only owes a job, whether there is such an account or not; the job looks, and mails.
So neither the answer nor its time tells who has an account here.
"""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import open_to_everyone
from admin.account.forms import ForgottenForm
from admin.account.letters import address, sends_mail
from admin.account.routes import route
from admin.account.signing_in import client_address
from admin.acting import system_work
from admin.languages import language_tag
from shared.domain.errors import Throttled
from shared.domain.sessions import PLACE, ask_for_link
from shared.web import commit


@route("forgotten", methods=["GET", "POST"])
@open_to_everyone
def forgotten() -> ResponseReturnValue:
    """Ask for an address and owe a link to it; without mail, say whom to ask."""
    form = ForgottenForm()
    if not sends_mail():
        return render_template("account/forgotten.html", form=None)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            owe_link(form.email.data)
        except Throttled as error:
            form.form_errors.append(error.message)
            status = 429
        else:
            flash(_("If there is such an account, a mail with a link is on its way."), "success")
            return redirect(url_for("account.login"), 303)
    return make_response(render_template("account/forgotten.html", form=form), status)


def owe_link(email: str) -> None:
    """Owe the mail; raises Throttled."""
    link, asked_in = address("account.link", token=PLACE), language_tag()
    ask_for_link(email, link=link, asked_in=asked_in, by=client_address(), work=system_work())
    commit()
