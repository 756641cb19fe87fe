"""Telling a page that has been open for long who is signed in now, and its new token."""

from flask import Response, jsonify
from flask_wtf.csrf import generate_csrf

from admin.access import open_to_everyone
from admin.account.identity import find_me
from admin.account.routes import route


@route("login_state")
@open_to_everyone
def login_state() -> Response:
    """Return who is signed in, if anyone, and the token that forms of this browser need now."""
    me = find_me()
    user = {"id": me.user.id, "name": me.user.name} if me else None
    return jsonify(user=user, csrf_token=generate_csrf())
