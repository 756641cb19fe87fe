"""Whether the audit log is whole: what the last check found, and a check at once."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.access import requires
from admin.acting import work
from shared.domain import jobs
from shared.domain.audit_checks import (
    KIND,
    check_chain,
    count_unchecked,
    keep_outcome,
    read_outcome,
)
from shared.domain.permissions import Permission
from shared.web import Routes, commit, now, runtime, session

blueprint = Blueprint("audit", __name__)
route = Routes("admin", blueprint)

AT_ONCE: Final = 5_000  # events that a request checks by itself, in a tenth of a second
A_SECOND: Final = 30_000  # about how many events a worker checks


@route("verify", methods=["GET", "POST"])
@requires(Permission.AUDIT_READ)
def verify() -> ResponseReturnValue:
    """Show what the last check of the chain found; by POST, check the whole chain."""
    if request.method == "POST":
        check()
        return redirect(url_for("audit.verify"), 303)
    outcome = read_outcome(session(), runtime().key("audit"))
    total = count_unchecked(session(), None)
    return render_template(
        "dashboard/chain.html",
        outcome=outcome,
        is_late=outcome is not None and outcome.is_late(now()),
        unchecked=count_unchecked(session(), outcome),
        is_running=jobs.is_open(session(), KIND),
        seconds=max(total // A_SECOND, 1),
    )


def check() -> None:
    """Check a short chain here and now, and have a long one checked by the worker."""
    if count_unchecked(session(), None) > AT_ONCE:
        jobs.enqueue(work(), KIND, key=KIND, urgent=True, whole=True)
    else:
        key = runtime().key("audit")
        keep_outcome(session(), check_chain(session(), key, now(), whole=True), key)
    commit()
