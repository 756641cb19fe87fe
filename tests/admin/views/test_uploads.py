"""Uploads by tus 1.0: begun, gone on with, checked, cancelled, and taken in whole."""

import hashlib
import json
import shutil
from base64 import b64encode

import pytest
from sqlalchemy import select

from admin.media.parts import SPARE
from shared.models import Media
from tests.admin.media_files import look, put
from tests.pictures import make_picture

TUS = {"Tus-Resumable": "1.0.0"}
PART = {"Content-Type": "application/offset+octet-stream"}


def word(data):
    return b64encode(data).decode()


@pytest.fixture
def call(ben):
    token = ben.token()

    def call_(method, path, offset=None, data=None, **headers):
        sent = TUS | {"X-CSRFToken": token}
        if offset is not None:
            sent |= PART | {"Upload-Offset": str(offset)}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return ben.client.open(path, method=method, data=data, headers=sent)

    return call_


@pytest.fixture
def begin(call):
    def begin_(data, name="门.jpg", folder="2026"):
        about = f"filename {word(name.encode())},folder {word(folder.encode())}"
        answer = call(
            "POST", "/media/uploads/", Upload_Length=str(len(data)), Upload_Metadata=about
        )
        assert (answer.status_code, answer.headers["Tus-Resumable"]) == (201, "1.0.0")
        return answer.location

    return begin_


def offset_of(answer):
    return answer.headers["Upload-Offset"]


def test_file_comes_in_parts_and_is_taken_in_by_the_last(begin, call, runtime):
    data = make_picture("jpeg", (300, 200), telling=True)
    place = begin(data)

    first = call("PATCH", place, 0, data[:1000])
    assert (first.status_code, offset_of(first)) == (204, "1000")
    head = call("HEAD", place)
    assert (offset_of(head), head.headers["Upload-Length"]) == ("1000", str(len(data)))
    assert head.headers["Cache-Control"] == "no-store"
    last = call("PATCH", place, 1000, data[1000:])

    result = json.loads(last.headers["Upload-Result"])
    media = look(runtime, result["id"])
    assert (last.status_code, media.name, media.folder) == (204, "门.jpg", "2026")
    assert (media.width, result["known"], result["path"]) == (300, False, media.path)
    assert call("HEAD", place).status_code == 404
    assert list((runtime.settings.instance / "uploads").iterdir()) == []


def test_part_at_the_wrong_place_is_refused(begin, call):
    place = begin(b"hello")
    answer = call("PATCH", place, 3, b"lo")
    assert (answer.status_code, offset_of(answer)) == (409, "0")


def test_more_than_was_announced_is_refused_and_forgotten(begin, call):
    place = begin(b"hello")
    assert call("PATCH", place, 0, b"hello world").status_code == 413
    assert offset_of(call("HEAD", place)) == "0"


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_damaged_part_is_refused_and_forgotten(begin, call, name):
    place = begin(b"hello", "a.txt")
    right = word(hashlib.new(name, b"hello").digest())

    wrong = call("PATCH", place, 0, b"hallo", Upload_Checksum=f"{name} {right}")
    assert (wrong.status_code, offset_of(call("HEAD", place))) == (460, "0")
    assert call("PATCH", place, 0, b"hello", Upload_Checksum=f"md5 {right}").status_code == 400
    good = call("PATCH", place, 0, b"hello", Upload_Checksum=f"{name} {right}")
    assert (good.status_code, offset_of(good)) == (204, "5")


def test_cancelled_upload_is_gone(begin, call):
    place = begin(b"hello")
    assert call("DELETE", place).status_code == 204
    assert call("HEAD", place).status_code == 404


def test_upload_of_another_does_not_exist(begin, as_):
    place = begin(b"hello")
    cy = as_("Cy")
    assert cy.client.head(place, headers=TUS).status_code == 404


def test_upload_expires_and_makes_room(begin, call, clock, runtime):
    place = begin(b"hello")
    clock.forward(hours=25)
    other = call("POST", "/media/uploads/", Upload_Length="5")
    if other.status_code == 303:  # the session has ended as well
        return
    assert call("HEAD", place).status_code == 404


def test_refusals_say_why(begin, call, ben):
    assert ben.client.options("/media/uploads/").headers["Tus-Extension"] == (
        "creation,expiration,termination,checksum"
    )
    old = call("POST", "/media/uploads/", Upload_Length="5", Tus_Resumable="0.2.2")
    assert (old.status_code, old.headers["Tus-Version"]) == (412, "1.0.0")
    assert call("POST", "/media/uploads/").status_code == 400
    large = call("POST", "/media/uploads/", Upload_Length="60000000")
    assert (large.status_code, large.text) == (
        413,
        "The file is too large: at most 50 MB are taken.",
    )
    place = begin(b"\x7fELF\0", "a.jpg")
    assert call("PATCH", place, 0, b"x", Content_Type="text/plain").status_code == 415
    refused = call("PATCH", place, 0, b"\x7fELF\0")
    assert (refused.status_code, refused.text) == (
        422,
        "a.jpg is not taken: it is of a type that is not taken.",
    )
    assert call("POST", place).status_code == 405


def test_method_may_stand_in_a_header(begin, call):
    place = begin(b"hello", "a.txt")
    answer = call("POST", place, 0, b"he", X_HTTP_Method_Override="PATCH")
    assert offset_of(answer) == "2"


def test_known_file_is_offered(begin, call, runtime):
    data = make_picture("jpeg", (30, 30))
    media = put(runtime, "first.jpg", data)
    place = begin(data)
    result = json.loads(call("PATCH", place, 0, data).headers["Upload-Result"])
    assert (result["id"], result["known"]) == (media.id, True)


def test_last_part_can_be_sent_again_where_the_database_was_busy(begin, call, runtime, monkeypatch):
    monkeypatch.setattr("shared.write_gate.DEADLINE_SECONDS", 0.1)
    place = begin(b"hello", "a.txt")

    with runtime.database.writing() as session:
        session.execute(select(Media.id))
        refused = call("PATCH", place, 0, b"hello")
    stands = offset_of(call("HEAD", place))
    taken = call("PATCH", place, 5, b"")

    assert (refused.status_code, stands, taken.status_code) == (503, "5", 204)
    assert look(runtime, json.loads(taken.headers["Upload-Result"])["id"]).name == "a.txt"


def test_uploads_leave_room_for_those_that_were_begun(begin, call, runtime, monkeypatch):
    begin(b"x" * 1_000)
    left = shutil.disk_usage("/")._replace(free=SPARE + 1_500)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: left)

    refused = call("POST", "/media/uploads/", Upload_Length="501")
    taken = call("POST", "/media/uploads/", Upload_Length="500")

    assert (refused.status_code, refused.text, taken.status_code) == (
        413,
        "The server has no room for this file.",
        201,
    )
