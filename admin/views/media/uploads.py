"""Uploads that go on after a dropped connection: tus 1.0 with creation, expiration, termination
and checksum. The file is taken into the library by the request that brings its last byte; that
answer tells of it in `Upload-Result`.
"""

import hashlib
import json
from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from admin.access import requires
from admin.acting import me, site
from admin.addresses import address
from admin.languages import told as in_words
from admin.media.parts import Appending, Parts, Upload
from admin.media.showing import room_for_chunks
from admin.media.storing import describe, reason_of, store
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.media import limits_of
from shared.domain.permissions import Permission
from shared.saying import say
from shared.web import Routes, now, runtime

blueprint = Blueprint("uploads", __name__)
route = Routes("admin", blueprint)
uploaders = requires(Permission.MEDIA_UPLOAD)

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination,checksum"
HASHES: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
PIECE: Final = 65_536
MISMATCH: Final = 460  # a number of tus: the checksum does not fit


@route("create", methods=["POST", "OPTIONS"])
@uploaders
def create() -> ResponseReturnValue:
    """Begin an upload."""
    if request.method == "OPTIONS":
        return answer(204, Allow="OPTIONS, POST", Tus_Extension=EXTENSIONS, **hints())
    if refused := wrong_version():
        return refused
    length = request.headers.get("Upload-Length", type=int)
    if length is None or length < 0:
        return told(400, say("Upload-Length says how long the file is."))
    limits = limits_of(site())
    if length > limits.max_bytes:
        most = f"{limits.max_bytes / 1_000_000:g}"
        return told(413, say("The file is too large: at most %(most)s MB are taken.", most=most))
    about = metadata(request.headers.get("Upload-Metadata", ""))
    name, folder = about.get("filename", "file"), about.get("folder", "")
    try:
        made = parts().begin(me().user.id, name[:200], folder[:200], length, now())
    except Invalid as error:
        return told(413, error.errors["file"])
    place = address("uploads.part", id=made.id)
    return answer(201, Location=place, Upload_Offset="0", **expiry(made))


@route("part", methods=["HEAD", "PATCH", "DELETE", "POST"])
@uploaders
def part(id: int) -> ResponseReturnValue:
    """Tell how far an upload is, go on with it, or cancel it."""
    if refused := wrong_version():
        return refused
    method = request.headers.get("X-HTTP-Method-Override", request.method)
    act = ACTS.get(method)
    if act is None:
        return told(405, say("An upload takes HEAD, PATCH and DELETE."))
    try:
        return act(parts().find(id, me().user.id, now()))
    except NotFound as error:
        return told(404, error.message)
    except Conflict as error:
        return told(423, error.message)


def head(upload: Upload) -> Response:
    """Tell how far it is."""
    about = {"Upload_Offset": str(parts().offset(upload)), "Upload_Length": str(upload.length)}
    return answer(200, **about, **expiry(upload))


def patch(upload: Upload) -> Response:
    """Add to it; whatever came before the connection dropped is kept."""
    if request.mimetype != "application/offset+octet-stream":
        return told(415, say("A part of a file is application/offset+octet-stream."))
    if (request.content_length or 0) > 2 * room_for_chunks():
        return told(413, say("Send the file in smaller parts."))
    with parts().appending(upload) as opened:
        if request.headers.get("Upload-Offset", type=int) != opened.offset:
            return told(409, say("The upload stands elsewhere."), Upload_Offset=str(opened.offset))
        if refused := receive(opened):
            return refused
        offset = opened.offset
    if offset < upload.length:
        return answer(204, Upload_Offset=str(offset), **expiry(upload))
    return finish(upload)


def receive(opened: Appending) -> Response | None:
    """Write what comes; return a refusal when it is not what was announced."""
    name, _, wanted = request.headers.get("Upload-Checksum", "").partition(" ")
    if name and name not in HASHES:
        return told(400, say("Checksums are of sha1 or sha256."))
    checked = HASHES[name](usedforsecurity=False) if name else None
    try:
        while piece := request.stream.read(PIECE):
            opened.add(piece)
            if checked:
                checked.update(piece)
    except ClientDisconnected:
        if checked:
            opened.take_back()
        raise
    except Invalid as error:
        opened.take_back()
        return told(413, error.errors["file"])
    if checked and checked.digest() != decoded(wanted):
        opened.take_back()
        return told(MISMATCH, say("The part came damaged. Send it again."))
    return None


def finish(upload: Upload) -> Response:
    """Take the whole file into the library."""
    data = parts().read(upload)
    try:
        found = store(data, upload.name, upload.folder)
    except Invalid as error:
        parts().remove(upload.id)
        return told(422, reason_of(error))
    parts().remove(upload.id)  # where storing fails otherwise, the client goes on from here
    result = json.dumps(describe(found.media) | {"known": found.known})  # ASCII, fit for a header
    return answer(204, Upload_Offset=str(upload.length), Upload_Result=result)


def delete(upload: Upload) -> Response:
    """Forget it."""
    parts().remove(upload.id)
    return answer(204)


ACTS: Final[dict[str, Callable[[Upload], Response]]] = {
    "HEAD": head,
    "PATCH": patch,
    "DELETE": delete,
}


def parts() -> Parts:
    """Return the uploads in progress."""
    return Parts(runtime().settings.instance)


def wrong_version() -> Response | None:
    """Refuse another version of the protocol."""
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    return told(412, say("This server speaks tus %(version)s.", version=VERSION), **hints())


def hints() -> dict[str, str]:
    """Return what a client may want to know beforehand."""
    algorithms = ",".join(HASHES)
    largest = str(limits_of(site()).max_bytes)
    return {"Tus_Max_Size": largest, "Tus_Checksum_Algorithm": algorithms, "Tus_Version": VERSION}


def metadata(header: str) -> dict[str, str]:
    """Read the names and values of `Upload-Metadata`."""
    pairs = (item.strip().partition(" ") for item in header.split(","))
    return {key: decoded(value).decode(errors="replace") for key, _, value in pairs if key}


def decoded(word: str) -> bytes:
    """Return what base64 stands for; nothing for what is none."""
    try:
        return b64decode(word.strip(), validate=True)
    except (Error, ValueError):
        return b""


def expiry(upload: Upload) -> dict[str, str]:
    """Say until when an upload waits."""
    return {"Upload_Expires": http_date(datetime.fromtimestamp(upload.expires, UTC))}


def answer(status: int, /, **headers: str) -> Response:
    """Return an answer in the protocol's form."""
    response = make_response("", status)
    response.headers["Tus-Resumable"] = VERSION
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def told(status: int, reason: str, /, **headers: str) -> Response:
    """Refuse, saying why in plain words."""
    response = answer(status, **headers)
    response.mimetype = "text/plain"
    response.set_data(in_words(reason))
    return response
