"""The address of uploaded files; `frontend.media_files` answers for those that are there.

A lasting address, `/media/12-name.jpg`, is no file: it leads to where the present bytes are.
"""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from frontend.frame import path as path_of
from shared.models.pictures import find_file
from shared.web import Routes, links, session

blueprint = Blueprint("media", __name__)
route = Routes("frontend", blueprint)


@route("show")
def show(path: str) -> ResponseReturnValue:
    """Lead from a lasting address to the bytes that it has now."""
    file = find_file(session(), f"/media/{path}")
    if not file or file == f"/media/{path}":
        abort(404)
    place = path_of("media.show", path=file.removeprefix("/media/"))
    return redirect(links().root + place, 302)
