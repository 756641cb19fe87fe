"""The base that each of the three applications is built on."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from shared.runtime import Runtime
from shared.urls import ROUTES
from shared.web.access_log import log_requests
from shared.web.context import close_session, links
from shared.web.headers import add_security_headers, nonce, security_headers
from shared.web.statics import serve_statics
from shared.web.templates import Templates


def base_app(import_name: str, runtime: Runtime, **policy: str) -> Flask:
    """Make a Flask application with its own key, strict templates, static files and headers.

    `import_name` is the app's package, `policy` changes its content security policy.
    """
    name = import_name.partition(".")[0]
    app = Flask(
        import_name, static_folder=None, instance_path=str(runtime.settings.instance.resolve())
    )
    app.config.from_mapping(
        SECRET_KEY=runtime.key(f"{name}:session"),
        SESSION_COOKIE_NAME=cookie_name(name, secure=runtime.settings.secure),
        SESSION_COOKIE_SECURE=runtime.settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_FORM_MEMORY_SIZE=8_000_000,
        TEMPLATES_AUTO_RELOAD=runtime.settings.debug,
    )
    app.debug = runtime.settings.debug
    app.extensions["triptych"] = runtime
    app.jinja_environment = Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.teardown_appcontext(close_session)
    app.context_processor(lambda: {"links": links(), "nonce": nonce})
    log_requests(app, name)
    add_security_headers(app, **policy)
    if (Path(app.root_path) / "static").is_dir():
        serve_statics(app, ROUTES[name]["static"], security_headers(**policy))
    return app


def cookie_name(app: str, *, secure: bool) -> str:
    """Return an app's session cookie name; the prefix (RFC 6265bis, 4.1.3) holds it to https."""
    return f"{'__Secure-' if secure else ''}triptych-{app}"
