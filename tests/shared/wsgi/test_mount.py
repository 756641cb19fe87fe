import io
import logging
from wsgiref.util import FileWrapper

import pytest
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import EnvironBuilder, run_wsgi_app

from shared.wsgi.mount import BrokenAnswer, Mount
from shared.wsgi.starter import Starter
from tests.shared.wsgi.applications import echo, raising

SECRET = "the password is swordfish"


def mount(app, **options):
    return Mount(Starter("api", lambda: app), **options)


def environ(path="/v1/posts", **more):
    return EnvironBuilder(path="/").get_environ() | {
        "SCRIPT_NAME": "/api",
        "PATH_INFO": path,
        "triptych.root": "",
        **more,
    }


def ask(app, **more):
    body, status, headers = run_wsgi_app(mount(app), environ(**more), buffered=True)
    return b"".join(body), status, dict(headers)


class Server:
    """The server's side of WSGI: what it was told and what it wrote at once."""

    def __init__(self):
        self.told = []
        self.written = []

    def __call__(self, status, headers, exc_info=None):
        self.told.append((status, headers, exc_info))
        return self.written.append

    @property
    def statuses(self):
        return [status for status, _, _ in self.told]


def collect(app, **more):
    """Read an answer chunk by chunk, as a server does."""
    server = Server()
    body = mount(app)(environ(**more), server)
    chunks, error = [], None
    try:
        chunks.extend(body)
    except BrokenAnswer as raised:
        error = raised
    finally:
        if hasattr(body, "close"):
            body.close()
    return server.statuses, chunks, error


def test_the_application_sees_its_name_in_the_log_context():
    body, status, _ = ask(echo("api"))
    assert (status, b'"logged as": ["api"' in body) == ("200 OK", True)


@pytest.mark.parametrize("after", [None, []])
@pytest.mark.parametrize(
    "error", [RuntimeError(SECRET), SystemExit(SECRET), KeyError(SECRET), MemoryError(SECRET)]
)
def test_an_error_before_the_first_byte_is_this_mounts_500(error, after, caplog):
    body, status, headers = ask(raising(error, after=after))
    assert status == "500 Internal Server Error"
    assert ("X-Own" in headers, headers["Content-Length"]) == (False, str(len(body)))
    assert b'"error_code": 999' in body
    assert b'"request": "GET /v1/posts"' in body
    assert b"swordfish" not in body
    failed = [record for record in caplog.records if record.name == "shared.wsgi.mount"]
    assert [record.getMessage() for record in failed] == ["api failed at GET /api/v1/posts"]
    assert failed[0].exc_info[1] is error


@pytest.mark.parametrize("error", [RuntimeError(SECRET), SystemExit(SECRET)])
def test_an_error_after_the_first_byte_ends_the_answer(error, caplog):
    told, chunks, raised = collect(raising(error, after=[b"one", b"two"]))
    assert (told, chunks) == (["200 OK"], [b"one", b"two"])
    assert (type(raised), raised.__cause__) == (BrokenAnswer, error)
    assert caplog.messages == ["api failed at GET /api/v1/posts"]


def test_status_and_headers_wait_for_the_first_chunk():
    server = Server()

    def application(env, start_response):
        start_response("200 OK", [])
        yield b"late" if server.told else b"first"

    body = mount(application)(environ(), server)
    assert server.statuses == []
    assert (next(iter(body)), server.statuses) == (b"first", ["200 OK"])


def test_an_empty_answer_still_has_its_head():
    def application(env, start_response):
        start_response("204 No Content", [("X-Own", "1")])
        return iter(())

    assert ask(application) == (b"", "204 No Content", {"X-Own": "1"})


def test_start_response_with_exc_info_replaces_what_was_said():
    def application(env, start_response):
        start_response("200 OK", [("X-Own", "1")])
        start_response("400 Bad Request", [], (ValueError, ValueError("no"), None))
        return [b"no"]

    assert ask(application) == (b"no", "400 Bad Request", {})


def test_start_response_twice_is_an_error():
    def application(env, start_response):
        start_response("200 OK", [])
        start_response("201 Created", [])
        return [b""]

    assert ask(application)[1] == "500 Internal Server Error"


@pytest.mark.parametrize("answer", [[b"x"], (b"x",), iter([b"x"]), None, 5])
def test_an_application_that_breaks_the_contract_is_a_500(answer):
    assert ask(lambda *_: answer)[1] == "500 Internal Server Error"


def test_the_old_write_works_and_its_answer_cannot_be_replaced():
    def application(env, start_response):
        start_response("200 OK", [])(b"one")
        raise RuntimeError(SECRET)

    server = Server()
    with pytest.raises(BrokenAnswer):
        mount(application)(environ(), server)
    assert (server.statuses, server.written) == (["200 OK"], [b"one"])


def test_a_body_over_the_limit_is_a_413():
    body, status, _ = ask(raising(RequestEntityTooLarge()))
    assert (status, b'"error_code": 1000' in body) == ("413 Content Too Large", True)


@pytest.mark.parametrize("error", [RuntimeError(SECRET), SystemExit(1)])
def test_an_error_while_closing_is_only_logged(error, caplog):
    class Body:
        def __iter__(self):
            return iter([b"all"])

        def close(self):
            raise error

    def application(env, start_response):
        start_response("200 OK", [])
        return Body()

    assert collect(application) == (["200 OK"], [b"all"], None)
    assert caplog.messages == ["api failed after GET /api/v1/posts"]


def test_a_file_is_left_to_the_server():
    def application(env, start_response):
        start_response("200 OK", [])
        return env["wsgi.file_wrapper"](io.BytesIO(b"file"))

    server = Server()
    body = mount(application)(environ(**{"wsgi.file_wrapper": FileWrapper}), server)
    assert (type(body), server.statuses) == (FileWrapper, ["200 OK"])
    body.close()


def test_a_debugger_gets_to_see_the_error():
    guarded = mount(raising(KeyError("seen")), propagate=True)
    with pytest.raises(KeyError, match="seen"):
        run_wsgi_app(guarded, environ())


def test_ctrl_c_is_not_kept_from_the_process():
    with pytest.raises(KeyboardInterrupt):
        ask(raising(KeyboardInterrupt()))


def test_a_mount_that_is_down_answers_503(caplog, named_request):
    caplog.set_level(logging.CRITICAL)

    def factory():
        raise RuntimeError(SECRET)

    body, status, headers = run_wsgi_app(Mount(Starter("api", factory)), environ(), buffered=True)
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "1")
    assert b"".join(body) == (
        b'{"error_code": 999, "msg": "This part of the site is not available at the moment.", '
        b'"request": "GET /v1/posts", "type": "urn:triptych:error:999", '
        b'"title": "our fault, or not available now; nothing internal is shown", '
        b'"status": 503, "detail": "This part of the site is not available at the moment.", '
        b'"instance": "urn:triptych:request:r1"}'
    )
