"""The views of the account, gathered."""

from flask import Flask

from admin.account import (
    download,
    forgotten,
    invitations,
    login,
    login_state,
    passkeys,
    password,
    profile,
    second,
    security,
    sessions,
    setup,
)
from admin.account.routes import blueprint

__all__ = ["register_account"]

# Importing the modules registered their views.
VIEWS = (
    download,
    forgotten,
    invitations,
    login,
    login_state,
    passkeys,
    password,
    profile,
    second,
    security,
    sessions,
    setup,
)


def register_account(app: Flask) -> None:
    """Register signing in, setting up and one's own account."""
    app.register_blueprint(blueprint)
