"""Uploaded files, in a sandbox of their own."""

from flask import Blueprint, abort, send_from_directory
from flask.typing import ResponseReturnValue

from frontend.media_types import SANDBOX, is_hashed, is_hidden, is_shown, type_of
from shared.web import Routes, runtime
from shared.web.statics import YEAR

blueprint = Blueprint("media", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(path: str) -> ResponseReturnValue:
    """Send a file, or the part of it that was asked for (RFC 9110, 14)."""
    folder = (runtime().settings.instance / "media").resolve()
    if is_hidden(path) or not (folder / path).resolve().is_relative_to(folder):
        abort(404)
    response = send_from_directory(
        folder, path, mimetype=type_of(path), as_attachment=not is_shown(path)
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    if is_hashed(path):
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
