"""Who may use which view: every view says so, and one that does not stops the start."""

from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from admin.account.identity import find_me, touch
from shared.domain.errors import Forbidden
from shared.domain.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])

# Not an empty set: that names a view which nobody may use.
EVERYONE: Final = "everyone"
Access = frozenset[Permission] | Literal["everyone"]


class UndeclaredAccess(RuntimeError):
    """A view does not say who may use it."""


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Open a view to those who have at least one of these permissions; without any, to nobody."""

    def mark(view: View) -> View:
        view.__dict__["access"] = frozenset(permissions)
        return view

    return mark


def open_to_everyone(view: View) -> View:
    """Open a view to visitors who are not signed in."""
    view.__dict__["access"] = EVERYONE
    return view


def access_of(view: Callable[..., Any]) -> Access:
    """Return the permissions of which one is needed, or EVERYONE; raises UndeclaredAccess."""
    access: Access | None = getattr(view, "access", None)
    if access is None:
        raise UndeclaredAccess(f"{view.__module__}.{view.__qualname__} names no permission")
    return access


def check_access(app: Flask) -> None:
    """Raise UndeclaredAccess unless every view of an app says who may use it."""
    for view in app.view_functions.values():
        access_of(view)


def register_access(app: Flask) -> None:
    """Ask before every view: is the person signed in, and allowed here?"""
    app.before_request(guard)


def guard() -> ResponseReturnValue | None:
    """Let the request through, ask for a sign-in, or raise Forbidden."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    needed = access_of(view)
    if needed == EVERYONE:
        return None
    me = find_me()
    if me is None:
        answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # set by Flask-Login
        return answer
    g.who = f"user:{me.user.id}"
    if not me.may(*needed):
        raise Forbidden(min(needed, default="that nobody has"))
    touch(me)
    return None
