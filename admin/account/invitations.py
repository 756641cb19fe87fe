"""Coming in by an invitation: the person chooses a name and a password."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import open_to_everyone
from admin.account.forms import InvitationForm
from admin.account.routes import route
from admin.account.signing_in import come_in
from admin.acting import system_work
from shared.domain.errors import Invalid
from shared.domain.invitations import PURPOSE, accept_invitation
from shared.domain.sessions import find_link
from shared.domain.users import get_user
from shared.domain.work import Work
from shared.models import OneTimeLink, User
from shared.web import now, session


@route("invitation", methods=["GET", "POST"])
@open_to_everyone
def invitation(token: str) -> ResponseReturnValue:
    """Accept an invitation, and be signed in."""
    found = find_link(session(), PURPOSE, token, at=now())
    user = get_user(session(), found.user_id) if found and found.user_id else None
    if found is None or user is None or user.disabled_at is not None:
        return make_response(render_template("account/invitation_spent.html"), 410)
    form = InvitationForm(obj=user)
    if form.validate_on_submit():
        unit = system_work()
        if accepted(form, found, user, unit):
            return come_in(user, _("Welcome, %(name)s.", name=user.name), work=unit)
    page = render_template("account/invitation.html", form=form, person=user)
    return make_response(page, 422 if form.is_submitted() else 200)


def accepted(form: InvitationForm, link: OneTimeLink, user: User, unit: Work) -> bool:
    """Make the account its person's own, or say in the form why not."""
    name, password = form.name.data, form.password.data
    try:
        accept_invitation(link, user, name=name, password=password, work=unit)
    except Invalid as error:
        form.take_errors(error)
        return False
    return True
