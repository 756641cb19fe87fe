import io

import pytest
from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout
from werkzeug.test import Client

from shared.settings import Settings
from shared.wsgi.bodies import limit_body
from shared.wsgi.gate import Gate
from tests.shared.wsgi.applications import gulp

SETTINGS = Settings(max_body_site=1_024, max_body_admin=4_096, max_body_api=2_048)
LIMITS = {"/admin": 4_096, "/api": 2_048}


class Untouchable(io.RawIOBase):
    def readable(self):
        raise AssertionError("the body was read")

    readinto = readable


def post(path, **options):
    return Client(Gate(gulp, SETTINGS, LIMITS)).post(path, **options)


@pytest.mark.parametrize(
    ("path", "limit"), [("/x/", 1_024), ("/admin/x", 4_096), ("/api/x", 2_048)]
)
def test_a_body_of_just_the_limit_is_read(path, limit):
    assert post(path, data=b"x" * limit).data == str(limit).encode()


@pytest.mark.parametrize(
    ("path", "limit"), [("/x/", 1_024), ("/admin/x", 4_096), ("/api/x", 2_048)]
)
def test_a_larger_body_is_refused_unread(path, limit):
    answer = post(
        path,
        environ_overrides={"wsgi.input": Untouchable(), "CONTENT_LENGTH": str(limit + 1)},
    )
    assert answer.status_code == 413
    assert f"larger than {limit} bytes" in answer.text


def test_a_refused_body_of_the_api_is_a_problem_in_json():
    answer = post("/api/v1/posts", data=b"x" * 3_000)
    assert answer.json == {
        "error_code": 1000,
        "msg": "The request body is larger than 2048 bytes.",
        "request": "POST /v1/posts",
        "type": "urn:triptych:error:1000",
        "title": "a parameter, header or body is wrong",
        "status": 413,
        "detail": "The request body is larger than 2048 bytes.",
        "instance": f"urn:triptych:request:{answer.headers['X-Request-ID']}",
    }


@pytest.mark.parametrize("length", ["-1", "+5", "1e3", "٣", "5, 5", "9" * 5_000])
def test_a_length_that_is_no_sensible_number_is_refused(length):
    trouble = limit_body({"CONTENT_LENGTH": length}, 1_024)
    assert trouble.status == (413 if length.startswith("9") else 400)


@pytest.mark.parametrize("size", [0, 1_023, 1_024])
def test_a_body_of_unknown_length_is_read_up_to_the_limit(size):
    environ = {"wsgi.input": io.BytesIO(b"x" * size)}
    assert limit_body(environ, 1_024) is None
    assert len(environ["wsgi.input"].read()) == size


def test_a_body_of_unknown_length_is_cut_off_beyond_the_limit():
    stream = io.BytesIO(b"x" * 100_000)
    environ = {"wsgi.input": stream}
    limit_body(environ, 1_024)
    with pytest.raises(RequestEntityTooLarge):
        environ["wsgi.input"].read()
    assert stream.tell() == 1_025


def test_a_body_of_unknown_length_is_cut_off_when_read_in_parts():
    environ = {"wsgi.input": io.BytesIO(b"line\n" * 1_000)}
    limit_body(environ, 1_024)
    lines = []
    with pytest.raises(RequestEntityTooLarge):
        lines.extend(environ["wsgi.input"])
    assert len(lines) <= 205


def test_a_chunked_body_of_a_get_is_bounded_too():
    client = Client(Gate(gulp, SETTINGS, LIMITS))
    stream = io.BytesIO(b"x" * 2_000)
    with pytest.raises(RequestEntityTooLarge):
        client.get(
            "/x/",
            input_stream=stream,
            environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
        )


class Stalling(io.RawIOBase):
    """A body of which no more comes: the server gives up waiting."""

    def readable(self):
        return True

    def readinto(self, _):
        raise TimeoutError("timed out")


@pytest.mark.parametrize("length", ["100", ""])
def test_a_body_that_does_not_come_is_a_408(length):
    environ = {"wsgi.input": Stalling(), "CONTENT_LENGTH": length}
    assert limit_body(environ, 1_024) is None
    with pytest.raises(RequestTimeout):
        environ["wsgi.input"].read()


def test_nothing_is_read_behind_a_body_of_known_length():
    stream = io.BytesIO(b"x" * 100 + b"GET / HTTP/1.1")
    environ = {"wsgi.input": stream, "CONTENT_LENGTH": "100"}
    limit_body(environ, 1_024)
    assert (environ["wsgi.input"].read(), stream.tell()) == (b"x" * 100, 100)
