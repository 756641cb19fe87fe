"""Checks of a text while it is written."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from admin.access import requires
from admin.editor.checking import list_findings
from admin.views.writing.pages import asked_kind
from shared.domain.permissions import Permission
from shared.web import Routes

blueprint = Blueprint("checks", __name__)
route = Routes("admin", blueprint)


@route("text", methods=["POST"])
@requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)
def text() -> ResponseReturnValue:
    """Say what there is to mend in the posted text, what matters most first."""
    post_id = request.args.get("id", type=int)
    return jsonify(findings=list_findings(request.form, asked_kind(), post_id))
