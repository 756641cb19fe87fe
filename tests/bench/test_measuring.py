"""The bare server answers with the very bytes of the real one."""

import pytest
from werkzeug.test import Client

from bench.bare import Bare
from bench.checks import WrongAnswerError
from bench.measuring import check_same, write_answers
from bench.routes import Route
from bench.visitor import Answer

HEADERS = (("Content-Type", "text/plain"), ("ETag", '"1"'), ("Date", "today"), ("Server", "x"))
ANSWER = Answer("http://localhost", 200, "OK", HEADERS, "页\0".encode())
ROUTE = Route("a page", "/a?b=c", lambda _: None, None)


def test_bare_server_returns_status_headers_and_bytes(tmp_path):
    path = tmp_path / "answers.json"
    write_answers({"/a?b=c": ANSWER}, path)
    found = Client(Bare(path)).get("/a?b=c", environ_overrides={"RAW_URI": "/a?b=c"})
    assert (found.status, found.data) == ("200 OK", ANSWER.body)
    assert dict(found.headers) == {"Content-Type": "text/plain", "ETag": '"1"'}


def test_other_bytes_are_not_compared_with():
    check_same(ROUTE, ANSWER, ANSWER)
    other = Answer("http://localhost", 200, "OK", HEADERS, b"")
    with pytest.raises(WrongAnswerError, match="a page"):
        check_same(ROUTE, ANSWER, other)
