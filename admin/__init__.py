"""The console: where the site is written and kept."""

from flask import Flask

from admin.access import check_access, open_to_everyone, register_access
from admin.account.identity import register_identity
from admin.account.registration import register_account
from admin.addresses import register_addresses
from admin.cli import register_commands
from admin.comments import register_comments
from admin.controls import register_controls
from admin.csrf import register_csrf
from admin.display import register_display
from admin.errors import register_errors
from admin.fragments import register_fragments
from admin.languages import register_languages
from admin.media.showing import register_showing
from admin.navigation import register_navigation
from admin.screens import register_screens
from admin.views import register_views
from admin.visits.telling import register_views_display
from shared.runtime import Runtime
from shared.web import base_app

__all__ = ["create_app"]


def create_app(runtime: Runtime | None = None) -> Flask:
    """Make the console; without a runtime it is read from the environment.

    Raises UndeclaredAccess when a view does not say who may use it.
    """
    app = base_app(__name__, runtime or Runtime.from_env())
    open_to_everyone(app.view_functions["static"])
    register_languages(app)
    register_identity(app)
    register_access(app)
    register_csrf(app)
    register_addresses(app)
    register_display(app)
    register_showing(app)
    register_views_display(app)
    register_controls(app)
    register_fragments(app)
    register_comments(app)
    register_navigation(app)
    register_account(app)
    register_views(app)
    register_screens(app)
    register_errors(app)
    register_commands(app)
    check_access(app)
    return app
