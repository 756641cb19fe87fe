"""The gate as gunicorn asks it: raw request lines that no client library would send."""

import json

import pytest

pytestmark = pytest.mark.live


def found(answer):
    return [json.loads(answer.body)[key] for key in ("app", "SCRIPT_NAME", "PATH_INFO")]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/", ["frontend", "", "/"]),
        ("/page/flask%E5%AD%A6%E4%B9%A0/?q=%2F", ["frontend", "", "/page/flask学习/"]),
        ("/admin/page/", ["admin", "/admin", "/page/"]),
        ("/api/v1/posts", ["api", "/api", "/v1/posts"]),
        ("/administrator", ["frontend", "", "/administrator"]),
        ("http://localhost/admin/", ["admin", "/admin", "/"]),
        ("http://localhost", ["frontend", "", "/"]),
    ],
)
def test_a_plain_target_reaches_its_mount(server, target, expected):
    app, script, path = found(server.ask(target))
    assert [app, script, path.encode("latin-1").decode()] == expected


@pytest.mark.parametrize(
    "target",
    [
        "/admin%2Fpage/",
        "/admin%252Fpage/",
        "/admin%5Cpage/",
        "//admin/",
        "/x//admin/",
        "/x/../admin/",
        "/x/%2e%2e/admin/",
        "/x%00/",
        "/x%0d%0aSet-Cookie:a=1",
        "/%C0%AF",
        "/%ff",
        "/100%",
        "http://evil.org/admin/",
        "http://localhost//admin/",
        "http://localhost@evil.org/",
        "ftp://localhost/",
    ],
)
def test_a_malformed_target_is_a_400_of_ours(server, target):
    answer = server.ask(target, "X-Request-ID: trace-0003")
    assert (answer.status, answer.headers["x-request-id"]) == (400, "trace-0003")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("raw", [b"/a\x00b", b"admin/", b"/a b c", "/页/".encode(), b"/a\x7f"])
def test_a_raw_control_or_byte_is_refused_by_the_server(server, raw):
    sent = b"GET " + raw + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert server.send(sent).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_a_path_that_is_too_long_is_414(server):
    answer = server.ask("/api/" + "x" * 8_000)
    assert (answer.status, json.loads(answer.body)["error_code"]) == (414, 1000)
    assert server.ask("/" + "x" * 9_000).status == 414


def test_a_request_without_host_is_refused(server):
    answer = server.send(b"GET / HTTP/1.0\r\n\r\n")
    assert answer.split(b"\r\n")[0].endswith(b" 400 Bad Request")


def test_options_of_the_server_as_a_whole(server):
    answer = server.ask("*", method="OPTIONS")
    assert (answer.status, answer.headers["allow"], answer.body) == (
        204,
        "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE",
        b"",
    )


@pytest.mark.parametrize("target", ["/page/x/", "/admin/", "/api/v1", "/healthz", "/a//b"])
def test_head_has_the_length_and_no_body(server, target):
    get, head = server.ask(target), server.ask(target, method="HEAD")
    assert (head.status, head.body) == (get.status, b"")
    shown = b'"REQUEST_METHOD"' in get.body  # the echo says HEAD, one letter more
    assert int(head.headers["content-length"]) == len(get.body) + shown


def test_the_redirect_of_a_mount_is_a_path(server):
    answer = server.ask("/admin?next=%2Fadmin%2F")
    assert (answer.status, answer.headers["location"]) == (308, "/admin/?next=%2Fadmin%2F")


CLAIMS = (
    "X-Forwarded-For: 203.0.113.9",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Prefix: /x/y",
    "X-Forwarded-Host: evil.org",
    "Script-Name: /evil",
    "X-Script-Name: /evil",
)


def test_a_peer_that_is_no_proxy_sets_nothing(server):
    seen = json.loads(server.ask("/page/", *CLAIMS).body)
    assert seen["triptych.client"] == seen["REMOTE_ADDR"] == "127.0.0.1"
    assert (seen["wsgi.url_scheme"], seen["triptych.root"], seen["claims"]) == ("http", "", [])
    assert (seen["HTTP_HOST"], seen["SCRIPT_NAME"]) == ("localhost", "")


def test_a_header_with_an_underscore_never_becomes_a_variable(server):
    answer = server.ask("/page/", "SCRIPT_NAME: /page", "X_FORWARDED_PREFIX: /x")
    assert json.loads(answer.body)["SCRIPT_NAME"] == ""


def test_a_proxy_is_believed(proxied):
    seen = json.loads(proxied.ask("/admin/page/", *CLAIMS[:3]).body)
    assert (seen["triptych.client"], seen["wsgi.url_scheme"]) == ("203.0.113.9", "https")
    assert (seen["triptych.root"], seen["SCRIPT_NAME"]) == ("/x/y", "/x/y/admin")
    assert proxied.ask("/admin", *CLAIMS[:3]).headers["location"] == "/x/y/admin/"
    assert proxied.ask("/", CLAIMS[3]).status == 400


def test_a_body_over_the_limit_is_413_however_it_is_sent(server):
    limit = 65_536
    announced = server.ask("/gulp", f"Content-Length: {limit + 1}", method="POST", body=b"x" * 9)
    assert announced.status == 413
    chunk = b"%x\r\n%b\r\n" % (limit, b"x" * limit)
    chunked = ("/gulp", "Transfer-Encoding: chunked")
    fits = server.ask(*chunked, method="POST", body=chunk + b"0\r\n\r\n")
    assert (fits.status, fits.body) == (200, b"5\r\n65536\r\n0\r\n\r\n")
    over = server.ask(*chunked, method="POST", body=chunk + b"1\r\nx\r\n0\r\n\r\n")
    assert over.status == 413
