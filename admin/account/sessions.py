"""One's own sessions: where one is signed in, and ending them one by one."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.account.identity import lifetimes
from admin.account.routes import route
from admin.acting import me, work
from shared.domain.permissions import Permission
from shared.domain.sessions import Lifetimes, get_session, list_sessions, revoke_session
from shared.web import commit, now, runtime, session

FOREVER = Lifetimes(timedelta(days=10_000), timedelta(days=10_000))


@route("sessions")
@requires(Permission.CONSOLE_ENTER)
def sessions() -> ResponseReturnValue:
    """Show where the person is signed in, the present session first."""
    lasting = lifetimes(runtime().settings)
    found = list_sessions(session(), me().user, at=now(), lifetimes=lasting)
    found.sort(key=lambda item: item.id != me().login.id)
    return render_template("account/sessions.html", sessions=found, current=me().login.id)


@route("revoke_others", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
def revoke_others() -> ResponseReturnValue:
    """End every session of one's own but this one."""
    for login in list_sessions(session(), me().user, at=now(), lifetimes=FOREVER):
        if login.id != me().login.id:
            revoke_session(login, work=work())
    commit()
    flash(_("You are signed out everywhere else."), "success")
    return redirect(url_for("account.sessions"), 303)


@route("revoke", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
def revoke(id: int) -> ResponseReturnValue:
    """End one session of one's own."""
    revoke_session(get_session(session(), id, user=me().user), work=work())
    commit()
    flash(_("That session is ended."), "success")
    return redirect(url_for("account.sessions"), 303)
