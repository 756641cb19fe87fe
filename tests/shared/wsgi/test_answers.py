import re

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from shared.wsgi.answers import PHRASES, SAFE_HEADERS, Trouble, answer, find_api_path

TROUBLE = Trouble(503, "Not <now>.", (("Retry-After", "7"),))


def give(path, *, root="", script="", method="GET"):
    environ = EnvironBuilder(path="/", method=method).get_environ()
    environ |= {"SCRIPT_NAME": script, "PATH_INFO": path, "triptych.root": root}
    body, status, headers = run_wsgi_app(lambda env, start: answer(env, start, TROUBLE), environ)
    return b"".join(body), status, dict(headers)


def test_below_the_api_it_is_the_envelope_and_the_problem(named_request):
    body, status, headers = give("/v1/posts/学".encode().decode("latin-1"), script="/api")
    assert status == "503 Service Unavailable"
    assert headers == {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Retry-After": "7",
        **dict(SAFE_HEADERS),
    }
    assert body.decode() == (
        '{"error_code": 999, "msg": "Not <now>.", "request": "GET /v1/posts/学", '
        '"type": "urn:triptych:error:999", '
        '"title": "our fault, or not available now; nothing internal is shown", "status": 503, '
        '"detail": "Not <now>.", "instance": "urn:triptych:request:r1"}'
    )


def test_elsewhere_it_is_a_small_page_without_script_or_style():
    body, status, headers = give("/page/x/")
    page = body.decode()
    assert (status, headers["Content-Type"]) == (
        "503 Service Unavailable",
        "text/html; charset=utf-8",
    )
    assert "Not &lt;now&gt;." in page
    assert '<p lang="zh-Hans">请稍后再试。</p>' in page
    assert re.findall(r"<(?:script|style|link|img)| style=| on[a-z]+=", page) == []


@pytest.mark.parametrize("script", ["", "/api"])
def test_head_gets_the_headers_of_get_and_no_body(script):
    body, status, headers = give("/x", script=script)
    assert give("/x", script=script, method="HEAD") == (b"", status, headers)
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize(
    ("root", "script", "path", "inside"),
    [
        ("", "", "/api", "/"),
        ("", "", "/api/", "/"),
        ("", "", "/api/v1", "/v1"),
        ("", "/api", "/v1", "/v1"),
        ("/x", "/x/api", "/v1", "/v1"),
        ("/x", "/x", "/api/v1", "/v1"),
        ("/api", "/api", "/page/", None),
        ("/api", "/api/api", "/v1", "/v1"),
        ("", "", "/apiary/", None),
        ("", "/admin", "/api/", None),
        ("", "", "", None),
    ],
)
def test_find_api_path(root, script, path, inside):
    environ = {"triptych.root": root, "SCRIPT_NAME": script, "PATH_INFO": path}
    assert find_api_path(environ) == inside


def test_the_request_is_logged_with_its_path_as_sent(caplog):
    caplog.set_level("INFO", "triptych.access")
    environ = EnvironBuilder(path="/", method="GET").get_environ()
    environ |= {"RAW_URI": "/a%0Ab?secret=1", "PATH_INFO": "/a\nb", "triptych.client": "192.0.2.1"}
    run_wsgi_app(lambda env, start: answer(env, start, Trouble(400, "No.")), environ)
    assert re.fullmatch(r"GET /a%0Ab 400 \d+ 0\.0 192\.0\.2\.1", caplog.messages[0])


def test_every_status_has_a_title_and_a_word_for_people():
    assert [s for s, texts in PHRASES.items() if s >= 300 and not all(texts)] == []
