"""Links that lead nowhere, and redirects that lead astray."""

from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from admin.access import requires
from admin.acting import work
from admin.undoing import flash_done, offer, remember_all
from shared.domain import jobs
from shared.domain.link_checks import forget_broken, shorten
from shared.domain.permissions import Permission
from shared.domain.redirects import get_redirect
from shared.models import BrokenLink, LinkCheck
from shared.saying import say
from shared.web import Routes, commit, session

blueprint = Blueprint("broken", __name__)
route = Routes("admin", blueprint)

KIND: Final = "links.check"
SHOWN: Final = 200
PROBLEMS: Final = {
    "missing": _l("leads nowhere"),
    "hidden": _l("leads to something that is not published"),
    "moved": _l("leads over a redirect"),
    "chain": _l("leads over several redirects"),
    "loop": _l("leads back to itself"),
}


@route("index")
@requires(Permission.REDIRECTS_EDIT)
def index() -> ResponseReturnValue:
    """Show what the last check found."""
    order = (BrokenLink.problem == "moved", BrokenLink.source_kind, BrokenLink.source_label)
    rows = session().scalars(select(BrokenLink).order_by(*order, BrokenLink.id).limit(SHOWN)).all()
    return render_template(
        "broken/index.html",
        rows=rows,
        total=session().scalar(select(func.count(BrokenLink.id))),
        last=session().get(LinkCheck, 1),
        is_running=jobs.is_open(session(), KIND),
        problems=PROBLEMS,
    )


@route("check", methods=["POST"])
@requires(Permission.REDIRECTS_EDIT)
def check() -> ResponseReturnValue:
    """Have the links checked anew."""
    jobs.enqueue(work(), KIND, key=KIND, urgent=True)
    commit()
    return redirect(url_for("broken.index"), 303)


@route("shorten", methods=["POST"])
@requires(Permission.REDIRECTS_EDIT)
def straighten(id: int) -> ResponseReturnValue:
    """Let a redirect lead straight to where it ends."""
    steps = remember_all(get_redirect(session(), id))
    made = shorten(id, work=work())
    offered = offer(say("Shortened a redirect: %(what)s", what=made.path), steps)
    commit()
    flash_done(_("%(path)s leads straight to its end now.", path=made.path), offered)
    return redirect(url_for("broken.index"), 303)


@route("hide", methods=["POST"])
@requires(Permission.REDIRECTS_EDIT)
def hide(id: int) -> ResponseReturnValue:
    """Take a line out of the report until the next check."""
    forget_broken(id, work=work())
    commit()
    return redirect(url_for("broken.index"), 303)
