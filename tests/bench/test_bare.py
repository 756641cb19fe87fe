"""The bare server answers with the very bytes of the real one."""

import pytest
from werkzeug.test import Client

from bench.bare import Bare, write_answers
from bench.context import seen
from bench.measuring import Question
from bench.visitor import Answer

HEADERS = (("Content-Type", "text/plain"), ("ETag", '"1"'), ("Date", "today"), ("Server", "x"))
PLAIN = Answer("http://localhost", 200, "OK", HEADERS, "页\0".encode())
SMALL = Answer("http://localhost", 200, "OK", (("Content-Encoding", "br"),), b"small")
KNOWN = Answer("http://localhost", 304, "Not Modified", (("ETag", '"1"'),), b"")
ANSWERS = [
    (Question("/a?b=c", {"Cookie": "name=value"}), PLAIN),
    (Question("/a?b=c", {"Accept-Encoding": "br"}), SMALL),
    (Question("/a?b=c", {"If-None-Match": '"1"'}), KNOWN),
]


@pytest.fixture
def client(tmp_path):
    write_answers(ANSWERS, tmp_path / "answers.json")
    return Client(Bare(tmp_path / "answers.json"))


@pytest.mark.parametrize(("question", "answer"), ANSWERS)
def test_bare_server_returns_status_headers_and_bytes(client, question, answer):
    given = {"Accept-Encoding": "identity", **question.headers}
    found = client.get("/a?b=c", headers=given, environ_overrides={"RAW_URI": "/a?b=c"})
    assert (found.status, found.data) == (f"{answer.status} {answer.reason}", answer.body)
    kept = [(name, value) for name, value in answer.headers if name not in {"Date", "Server"}]
    assert list(found.headers) == kept


def test_other_headers_or_bytes_are_not_the_same():
    later = (*HEADERS[:2], ("Date", "tomorrow"), HEADERS[3])
    assert seen(PLAIN) == seen(Answer("http://other", 200, "OK", later, PLAIN.body))
    assert seen(PLAIN) != seen(Answer("http://localhost", 200, "OK", HEADERS, b""))
    assert seen(PLAIN) != seen(Answer("http://localhost", 200, "OK", HEADERS[:1], PLAIN.body))
