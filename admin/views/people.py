"""What an owner sees of people besides their list: their sessions, and who may do what."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.account.identity import lifetimes
from admin.account.proving import recently_proved
from admin.acting import work
from admin.permission_words import groups
from shared.domain.factors import find_factors
from shared.domain.permissions import ROLE_PERMISSIONS, Permission
from shared.domain.sessions import get_session, list_sessions, revoke_session
from shared.domain.users import end_sessions, get_user
from shared.models import ROLES
from shared.web import Routes, commit, now, runtime, session

blueprint = Blueprint("people", __name__)
route = Routes("admin", blueprint)
MAY: Final = Permission.USERS_EDIT


@route("roles")
@requires(Permission.CONSOLE_ENTER)
def roles() -> str:
    """Show the table of roles and permissions, each permission as a sentence."""
    about = {"roles": ROLES, "groups": groups(), "allowed": ROLE_PERMISSIONS}
    return render_template("people/roles.html", **about)


@route("sessions")
@requires(MAY)
def sessions(id: int) -> str:
    """Show where a person is signed in."""
    user = get_user(session(), id)
    lasting = lifetimes(runtime().settings)
    return render_template(
        "people/sessions.html",
        person=user,
        sessions=list_sessions(session(), user, at=now(), lifetimes=lasting),
        factors=find_factors(session(), user.id),
    )


@route("end_session", methods=["POST"])
@requires(MAY)
def end_session(id: int, number: int) -> ResponseReturnValue:
    """End one session of a person."""
    revoke_session(get_session(session(), number, user=get_user(session(), id)), work=work())
    commit()
    flash(_("That session is ended."), "success")
    return redirect(url_for("people.sessions", id=id), 303)


@route("end_sessions", methods=["POST"])
@requires(MAY)
@recently_proved
def end_all(id: int) -> ResponseReturnValue:
    """Sign a person out everywhere."""
    user = get_user(session(), id)
    end_sessions(user, work=work())
    commit()
    flash(_("%(name)s is signed out everywhere.", name=user.name), "success")
    return redirect(url_for("people.sessions", id=id), 303)
