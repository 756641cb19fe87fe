"""Whether the audit log is whole: checked when asked for, since it reads every event."""

from flask import Blueprint, render_template

from admin.access import requires
from shared.domain.chain import Broken, verify
from shared.domain.permissions import Permission
from shared.web import Routes, runtime, session

blueprint = Blueprint("audit", __name__)
route = Routes("admin", blueprint)


@route("verify")
@requires(Permission.AUDIT_READ)
def check() -> str:
    """Walk the chain of audit events and name the first broken link."""
    found = verify(session(), runtime().key("audit"))
    broken = found if isinstance(found, Broken) else None
    return render_template("dashboard/chain.html", broken=broken, events=found)
