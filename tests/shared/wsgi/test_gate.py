import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from shared.settings import Settings
from shared.wsgi.first_segment import FirstSegmentDispatcher
from shared.wsgi.gate import Gate
from tests.shared.wsgi.applications import echo

DISPATCHER = FirstSegmentDispatcher(
    echo("site"), {"/admin": echo("admin"), "/api": echo("api")}, {"/healthz": echo("health")}
)
WRONG_HOST = "This server does not answer to that host name."
STARTS = ("", "/", "/admin", "/api/", "/healthz", "http://", "*")
GATE = Gate(DISPATCHER, Settings(allowed_hosts=("example.org",)), {})


def ask(path="/", raw="", *, method="GET", host="localhost", **more):
    environ = EnvironBuilder(path="/", method=method).get_environ()
    environ |= {"PATH_INFO": path, "RAW_URI": raw, "REQUEST_URI": raw, "HTTP_HOST": host, **more}
    return Client(lambda _, start: GATE(environ, start)).open("/", method=method)


def detail(answer):
    return answer.status_code, answer.json["detail"]


def test_a_plain_request_passes_with_what_the_gate_knows():
    answer = ask("/admin/page/", "/admin/page/?a=1", REMOTE_ADDR="192.0.2.9")
    assert answer.status_code == 200
    assert answer.json["app"] == "admin"
    assert (answer.json["triptych.client"], answer.json["triptych.root"]) == ("192.0.2.9", "")


@pytest.mark.parametrize("host", ["evil.org", "", "localhost.evil.org", "localhost@evil.org"])
def test_an_unknown_host_is_refused(host):
    assert detail(ask("/api/v1", host=host)) == (
        400,
        WRONG_HOST,
    )


def test_a_missing_host_is_refused():
    environ = EnvironBuilder(path="/").get_environ()
    del environ["HTTP_HOST"]
    assert run_wsgi_app(GATE, environ)[1] == "400 Bad Request"


def test_a_malformed_path_is_refused_in_the_form_of_its_mount():
    api = ask("/api/v1/x", "/api/v1%2Fx")
    assert detail(api) == (400, "The path contains an encoded slash.")
    assert (api.json["request"], api.content_type) == ("GET /v1/x", "application/problem+json")
    page = ask("/page/x", "/page%2Fx")
    assert (page.status_code, page.content_type) == (400, "text/html; charset=utf-8")
    assert "The path contains an encoded slash." in page.text


def test_an_overlong_path_is_414():
    assert ask("/" + "x" * 8_000).status_code == 414


def test_an_encoded_slash_in_the_query_is_no_business_of_the_gate():
    assert ask("/page/", "/page/?next=%2Fadmin%2F..//").json["PATH_INFO"] == "/page/"


@pytest.mark.parametrize(
    ("raw", "path", "host"),
    [
        ("http://example.org/admin/", "/admin/", "example.org"),
        ("HTTP://Example.org:8000/admin/?x", "/admin/", "Example.org:8000"),
        ("https://example.org", "", "example.org"),
        ("http://example.org?q=1", "", "example.org"),
    ],
)
def test_an_absolute_target_brings_its_own_host(raw, path, host):
    answer = ask(path, raw, host="evil.org")
    assert (answer.status_code, answer.json["HTTP_HOST"]) == (200, host)


@pytest.mark.parametrize(
    ("raw", "path", "expected"),
    [
        ("http://evil.org/api/", "/api/", WRONG_HOST),
        (
            "http://localhost@evil.org/api/",
            "/api/",
            WRONG_HOST,
        ),
        ("http://localhost/api%2Fx", "/api/x", "The path contains an encoded slash."),
        ("ftp://localhost/api/", "/api/", "The path is not well formed."),
        ("localhost:443", "/api/", "The path is not well formed."),
        ("*", "/api/", "The path is not well formed."),
    ],
)
def test_an_absolute_target_is_checked_like_any_other(raw, path, expected):
    assert detail(ask(path, raw)) == (400, expected)


def test_options_of_the_server_as_a_whole():
    answer = ask("*", "*", method="OPTIONS")
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"
    assert "Content-Length" not in answer.headers
    assert ask("*", "*", method="OPTIONS", host="evil.org").status_code == 400
    assert ask("*", "*", method="GET").status_code == 400


@pytest.mark.parametrize("path", ["/", "/admin/", "/api/"])
def test_head_keeps_the_length_of_get(path):
    get, head = ask(path), ask(path, method="HEAD")
    assert head.data == b""
    assert int(head.headers["Content-Length"]) == len(get.data) + len("HEAD") - len("GET")


def test_the_root_asked_without_its_slash_redirects():
    answer = ask("", "/x", SCRIPT_NAME="/x")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/x/")


def test_a_refusal_is_not_cached_and_runs_nothing():
    headers = ask("/a//b").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(STARTS))
def test_no_path_breaks_the_gate_and_each_reaches_its_own_mount(text, start):
    path = (start + text).encode("utf-8", "replace").decode("latin-1")
    answer = ask(path, start + text)
    if answer.status_code == 200:
        name = path.partition("/")[2].partition("/")[0]
        known = {"admin": "admin", "api": "api", "healthz": "health"}
        assert answer.json["app"] == known.get(name, "site")
        assert answer.json["SCRIPT_NAME"] + answer.json["PATH_INFO"] == (path or "/")
    elif answer.status_code == 308:
        assert answer.headers["Location"] in {"/admin/", "/api/"}
    else:
        assert answer.status_code == 400


@settings(deadline=None)
@given(st.binary(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_no_bytes_break_the_gate(sent, raw, host):
    path = "/" + sent.decode("latin-1")
    assert ask(path, raw, host=host).status_code == 400
    assert ask(path, raw).status_code in {200, 308, 400}
