"""Makes the API's application."""

from flask import Flask

from api.contract import register_options
from api.docs import docs
from api.errors import register_errors
from api.v1 import CONTRACTS
from shared.runtime import Runtime
from shared.web import base_app
from shared.web.sessions import forbid_sessions


def create_app(runtime: Runtime | None = None) -> Flask:
    """Make the application; without a runtime, from the environment."""
    runtime = runtime or Runtime.from_env()
    app = base_app("api", runtime)
    app.config["MAX_CONTENT_LENGTH"] = runtime.settings.max_body_api
    app.url_map.merge_slashes = False  # an address is right or it is not: nothing redirects
    forbid_sessions(app)
    register_errors(app)
    register_options(app)
    app.register_blueprint(docs)
    for contract in CONTRACTS:
        contract.register(app)
    return app
