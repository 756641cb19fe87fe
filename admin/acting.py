"""Who acts in the request at hand, and the unit of work that verbs are given."""

from typing import cast
from zoneinfo import ZoneInfo

from flask import g, request

from admin.account.identity import SignedIn, find_me
from shared.domain.errors import Forbidden
from shared.domain.permissions import Permission
from shared.domain.site import Site, load_site
from shared.domain.work import SYSTEM, Actor, Work
from shared.web import now, session


def me() -> SignedIn:
    """Return the signed-in person; raises Forbidden when there is none."""
    found = find_me()
    if found is None:
        raise Forbidden(Permission.CONSOLE_ENTER)
    return found


def actor() -> Actor:
    """Return the signed-in person as the actor that verbs ask."""
    return me().actor


def may(*permissions: Permission) -> bool:
    """Tell whether the person at hand has at least one of these permissions."""
    found = find_me()
    return found is not None and found.may(*permissions)


def work(by: Actor | None = None) -> Work:
    """Return this request's unit of work, of the signed-in person or of `by`."""
    request_id = request.environ.get("triptych.request_id", "")
    return Work(session=session(), actor=by or actor(), at=now(), request_id=request_id)


def system_work() -> Work:
    """Return this request's unit of work where nobody is signed in yet."""
    return work(SYSTEM)


def site() -> Site:
    """Return the site's settings, read once a request."""
    if "site" not in g:
        g.site = load_site(session())
    return cast("Site", g.site)


def zone() -> ZoneInfo:
    """Return the zone in which the site shows its dates."""
    if "zone" not in g:
        g.zone = site().zone
    return cast("ZoneInfo", g.zone)
