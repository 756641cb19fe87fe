"""The address of uploaded files; `frontend.media_files` answers for those that are there."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from shared.web import Routes

blueprint = Blueprint("media", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(path: str) -> ResponseReturnValue:  # noqa: ARG001 - a part of the rule
    """Answer for a file that is not there."""
    abort(404)
