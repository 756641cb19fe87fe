"""What one visitor said, by e-mail address: shown, taken out, erased."""

import json

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.account.proving import recently_proved
from admin.acting import work
from admin.comments.forms import PersonForm
from admin.screens.comment_columns import STATES
from shared.domain.comments.personal import Traces, erase_person, find_traces, take_out_person
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.web import Routes, commit, now, session

blueprint = Blueprint("said", __name__)
route = Routes("admin", blueprint)
owners = requires(Permission.COMMENTS_ERASE)


@route("person", methods=["GET", "POST"])
@owners
def person() -> ResponseReturnValue:
    """Ask for an address, and show what is kept of what its owner said."""
    form = PersonForm()
    traces = find(form) if form.validate_on_submit() else None
    page = render_template("said/person.html", form=form, traces=traces, states=STATES)
    answer = make_response(page, 200 if traces else form.page_status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@route("download", methods=["POST"])
@owners
@recently_proved
def download() -> ResponseReturnValue:
    """Send what a person said as JSON."""
    form = PersonForm()
    if not form.validate() or find(form) is None:
        return render_template("said/person.html", form=form, traces=None, states=STATES), 422
    taken = take_out_person(form.email.data or "", work=work())
    commit()
    text = json.dumps(taken, ensure_ascii=False, indent=2)
    response = Response(text, mimetype="application/json", headers={"Cache-Control": "no-store"})
    name = f"comments-{now():%Y-%m-%d}.json"  # without the address: files lie about
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@route("erase", methods=["POST"])
@owners
@recently_proved
def erase() -> ResponseReturnValue:
    """Erase what a person said."""
    form = PersonForm()
    if not form.validate() or find(form) is None:
        return render_template("said/person.html", form=form, traces=None, states=STATES), 422
    erase_person(form.email.data or "", work=work())
    commit()
    flash(_("What this person said is erased."), "success")
    return redirect(url_for("said.person"), 303)


def find(form: PersonForm) -> Traces | None:
    """Return what is kept, or say in the form what is wrong with the address."""
    try:
        return find_traces(form.email.data or "", work=work())
    except Invalid as error:
        session().rollback()
        form.take_errors(error)
        return None
