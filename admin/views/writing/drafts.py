"""What the editor's script asks for while somebody writes; every answer is JSON."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from admin.access import requires
from admin.acting import work
from admin.editor.opening import open_post
from admin.editor.showing import form_for
from admin.editor.versions.autosaving import describe, keep
from admin.editor.versions.merging import number_of
from admin.views.writing.pages import asked_kind, writers
from shared.domain import posts
from shared.domain.permissions import Permission
from shared.web import Routes, commit, session

blueprint = Blueprint("drafts", __name__)
route = Routes("admin", blueprint)
MOST_KEYS = 100


@route("autosave", methods=["POST"])
@writers
def autosave() -> ResponseReturnValue:
    """Keep what an editor holds; a post that is not there yet is made."""
    number = request.form.get("post", type=int)
    post = open_post(session(), number) if number else None
    kind = post.kind if post else asked_kind()
    answer, status = keep(form_for(kind, post), kind, post, untitled=_("Untitled"))
    return jsonify(answer), status


@route("known")
@writers
def known() -> ResponseReturnValue:
    """Tell up to which save each of one's own editors is stored here."""
    keys = request.args.getlist("key")[:MOST_KEYS]
    return jsonify(sequences=posts.list_sequences(keys, work=work()))


@route("presence", methods=["POST"])
@requires(Permission.CONSOLE_ENTER)
def presence(id: int) -> ResponseReturnValue:
    """Note that an editor is open, or was left; tell who else has the post open."""
    key = request.form.get("draft_key", "")[:64]
    post = open_post(session(), id)
    work().require_on("read", post)
    if "leaving" in request.form:
        posts.note_leaving(key, work=work())
    elif key:
        posts.note_presence(post, key, begun=number_of(request.form.get("base", "")), work=work())
    commit()
    return jsonify(describe(post, key))
