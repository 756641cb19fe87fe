"""The pages of the console that are more than a screen: each a blueprint of its own."""

from flask import Flask

from admin.views import dashboard, pages, revisions, site_settings


def register_views(app: Flask) -> None:
    """Register the dashboard, the editor, the revisions and the site's settings."""
    for view in (dashboard, pages, revisions, site_settings):
        app.register_blueprint(view.blueprint)
