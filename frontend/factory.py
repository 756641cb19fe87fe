"""Puts the site together."""

from flask import Flask

from frontend import caching, errors, numbers, old_urls
from frontend.media_files import serve_media
from frontend.pagestore import keep_pages
from frontend.views import BLUEPRINTS
from shared.runtime import Runtime
from shared.web import base_app
from shared.web.sessions import forbid_sessions


def create_app(runtime: Runtime | None = None) -> Flask:
    """Make the site's WSGI application; without a runtime, by the environment."""
    app = base_app("frontend", runtime or Runtime.from_env())
    forbid_sessions(app)
    numbers.read_numbers(app)
    old_urls.follow(app)
    errors.explain(app)
    caching.ask_to_revalidate(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    keep_pages(app, app.extensions["triptych"])
    serve_media(app)
    return app
