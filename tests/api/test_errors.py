"""Every failure below /api has the one shape, whatever its cause; nothing internal is told."""

import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.test import Client

from api import create_app
from shared.domain.errors import Throttled
from shared.runtime import Runtime
from shared.write_gate import DatabaseBusyError, WriteGate
from tests.api.calls import PATCH, check_problem, refused, wrong_fields

CANARY = "internal-canary-7191"


METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
UNKNOWN = ["/v1/nope", "/v2/posts", "/v1/posts/", "/v1/posts/x", "/v1//posts", "/x", "/v1/posts/-1"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", UNKNOWN)
def test_unknown_url_is_1007_for_every_method(api, method, path):
    response = api.send(method, path)
    assert response.status_code == 404
    assert "Location" not in response.headers
    if method != "HEAD":
        body = check_problem(response)
        assert body["error_code"] == 1007
        assert body["request"] == f"{method} {path}"


@pytest.mark.parametrize("path", ["/static/nope.js", "/static/../factory.py", "/static/"])
def test_missing_static_file_is_1007(api, path):
    assert refused(api.get(path)) == (404, 1007)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/posts", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("POST", "/v1/posts/1", {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH"}),
        ("GET", "/v1/client/token", {"OPTIONS", "POST"}),
        ("TRACE", "/v1/search", {"GET", "HEAD", "OPTIONS"}),
        ("BREW", "/openapi.json", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", "/", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_wrong_method_is_1008_and_says_which_are_right(api, method, path, allowed):
    response = api.send(method, path)
    assert refused(response) == (405, 1008)
    assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/v1/posts", "/v1/client/register", "/", "/openapi.json"])
def test_options_is_answered_in_json_with_allow(api, path):
    response = api.send("OPTIONS", path)
    assert response.status_code == 200
    assert response.json == {"error_code": 0, "msg": "ok", "request": f"OPTIONS {path}"}
    assert "OPTIONS" in response.headers["Allow"].split(", ")


def test_head_has_the_headers_of_get_and_no_body(api):
    got, head = api.get("/v1/tags"), api.send("HEAD", "/v1/tags")
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


@pytest.mark.parametrize(
    ("raw", "status", "said"),
    [
        (b"", 400, "This needs a JSON body."),
        (b"{", 400, "The body is not JSON"),
        (b'{"title": "a", "title": "b"}', 400, 'The name "title" stands twice'),
        (b'{"title": "\\u0000"}', 400, "NUL"),
        (b'{"title": "\\ud800"}', 400, "surrogate"),
        (b'{"meta": ' + b'{"a":' * 500 + b"1" + b"}" * 501, 400, "deeper"),
        (b'{"categories": [1e999]}', 400, "too large"),
        (b'{"categories": [' + b"9" * 4999 + b"]}", 400, "too large"),
        (b"[]", 422, "dictionary"),
        (b"null", 422, "dictionary"),
        (b'"text"', 422, "dictionary"),
        (b"{}", 422, "title"),
    ],
)
def test_bad_json_is_1000_and_says_why(writer, raw, status, said):
    response = writer.send("POST", "/v1/posts", data=raw, content_type="application/json")
    body = check_problem(response)
    assert (response.status_code, body["error_code"]) == (status, 1000)
    assert said in body["msg"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": 1}, "title"),
        ({"title": ["a"]}, "title"),
        ({"title": None}, "title"),
        ({"title": ""}, "title"),
        ({"title": "   "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a", "tags": "b"}, "tags"),
        ({"title": "a", "tags": ["b", 1]}, "tags.1"),
        ({"title": "a", "categories": ["1"]}, "categories.0"),
        ({"title": "a", "categories": [True]}, "categories.0"),
        ({"title": "a", "categories": [0]}, "categories.0"),
        ({"title": "a", "categories": [1.5]}, "categories.0"),
        ({"title": "a", "categories": [2**31]}, "categories.0"),
        ({"title": "a", "categories": [77]}, "categories"),
        ({"title": "a", "slug": "Not A Slug"}, "slug"),
        ({"title": "a", "language": "not a language"}, "language"),
        ({"title": "a", "markdown": "x" * 2_000_001}, "markdown"),
        ({"title": "a", "meta": []}, "meta"),
        ({"title": "a", "nonsense": 1}, "nonsense"),
        ({"title": "a", "id": 7}, "id"),
    ],
)
def test_wrong_field_is_1000_and_named(app, runtime, writer, given, field):
    app.config["MAX_CONTENT_LENGTH"] = 3_000_000
    response = writer.post("/v1/posts", **given)
    assert refused(response) == (422, 1000)
    assert wrong_fields(response) == [field]


def test_every_wrong_field_is_named_at_once(writer):
    response = writer.post("/v1/posts", title=1, tags=2, nope=3)
    assert sorted(wrong_fields(response)) == ["nope", "tags", "title"]
    assert response.json["msg"].startswith("Wrong: ")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.0", "limit"),
        ("limit=%201", "limit"),
        ("limit=1_0", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("since=yesterday", "since"),
        ("since=1700000000", "since"),
        ("since=2026-03-01", "since"),
        ("since=2026-03-01T12:00:00", "since"),
        ("until=2026-13-01T12:00:00Z", "until"),
        ("until=0001-01-01T00:00:00%2B14:00", "until"),
        ("sort=id", "sort"),
        ("sort=-nope", "sort"),
        ("status=secret", "status"),
        ("include=everything", "include"),
        ("cursor=garbage", "cursor"),
        ("tag=%00", "tag"),
        ("language=z%25", "language"),
        ("nope=1", "nope"),
        ("Limit=1", "Limit"),
    ],
)
def test_wrong_parameter_is_1000_and_named(api, query, field):
    response = api.send("GET", f"/v1/posts?{query}")
    assert refused(response) == (400, 1000)
    assert wrong_fields(response) == [field]


def test_parameters_are_unknown_where_there_are_none(api, writer):
    assert wrong_fields(api.get("/v1/tags/1", x=1)) == ["x"]
    assert wrong_fields(writer.send("POST", "/v1/posts?dry=1", json={"title": "a"})) == ["dry"]


OTHER_TYPES = ["text/plain", "application/xml", "application/x-www-form-urlencoded", PATCH, ""]


@pytest.mark.parametrize("kind", [*OTHER_TYPES, "multipart/form-data; boundary=x"])
def test_other_content_type_is_415(writer, kind):
    response = writer.send("POST", "/v1/posts", data=b'{"title": "a"}', content_type=kind)
    assert refused(response) == (415, 1000)
    assert wrong_fields(response) == ["Content-Type"]
    assert response.headers["Accept-Post"] == "application/json"


def test_other_charset_is_415(writer):
    kind = "application/json; charset=utf-16"
    raw = '{"title": "a"}'.encode("utf-16")
    assert refused(writer.send("POST", "/v1/posts", data=raw, content_type=kind)) == (415, 1000)


def test_oversized_body_is_413(app, writer):
    raw = b'"' + b"x" * app.config["MAX_CONTENT_LENGTH"] + b'"'
    response = writer.send("POST", "/v1/posts", data=raw, content_type="application/json")
    assert refused(response) == (413, 1000)


@pytest.mark.parametrize("number", ["0", "2147483648", "99999999999999999999999"])
def test_impossible_number_is_1001(api, writer, number):
    assert refused(api.get(f"/v1/posts/{number}")) == (404, 1001)
    assert refused(writer.delete(f"/v1/posts/{number}")) == (404, 1001)


def test_crash_is_999_and_tells_nothing(runtime, caplog):
    app = create_app(runtime)

    def crash():
        raise RuntimeError(CANARY)

    app.add_url_rule("/v1/crash", "crash", crash)
    response = Client(app).get("/v1/crash")
    assert refused(response) == (500, 999)
    assert CANARY not in response.text
    assert "RuntimeError" not in response.text
    assert CANARY in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DatabaseBusyError(CANARY), 503),
        (OperationalError(f"SELECT {CANARY}", {}, sqlite3.OperationalError("locked")), 503),
    ],
)
def test_database_trouble_is_503_and_says_when_to_retry(runtime, error, status):
    app = create_app(runtime)

    def fail():
        raise error

    app.add_url_rule("/v1/fail", "fail", fail)
    response = Client(app).get("/v1/fail")
    assert refused(response) == (status, 999)
    assert response.headers["Retry-After"] == "2"
    assert CANARY not in response.text


def test_no_turn_to_write_is_503(runtime, writer):
    gate = WriteGate(runtime.settings.instance / "triptych.sqlite3.gate")
    gate.acquire()
    try:
        assert writer.get("/v1/users/me").status_code == 200
        assert refused(writer.post("/v1/posts", title="Wait")) == (503, 999)
    finally:
        gate.release()
    assert writer.post("/v1/posts", title="Wait").status_code == 201


def test_missing_database_is_503(settings, clock, tmp_path):
    lost = replace(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder/x.sqlite3")
    runtime = Runtime(lost, clock)
    assert refused(Client(create_app(runtime)).get("/v1/posts")) == (503, 999)
    runtime.database.close()


def test_throttled_is_1010_and_says_when_to_retry(runtime):
    app = create_app(runtime)

    def fail():
        raise Throttled(7)

    app.add_url_rule("/v1/fail", "fail", fail)
    response = Client(app).get("/v1/fail")
    assert refused(response) == (429, 1010)
    assert response.headers["Retry-After"] == "7"


def test_request_member_has_no_query_and_no_prefix(api):
    response = api.send(
        "GET", "/v1/posts?limit=0&token=secret", base_url="http://localhost/x/y/api"
    )
    body = check_problem(response)
    assert body["request"] == "GET /v1/posts"


def test_long_path_is_cut_in_the_answer(api):
    assert len(check_problem(api.get("/" + "a" * 5_000))["request"]) == len("GET ") + 1_024


def test_errors_are_never_kept(api):
    assert api.get("/v1/nope").headers["Cache-Control"] == "no-store"
