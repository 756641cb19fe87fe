"""What gunicorn serves in the live tests: the real process around small applications."""

import io
import os
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from dispatcher import compose
from shared.runtime import Runtime
from tests.shared.wsgi.applications import echo, gulp, raising

FILE = b"0123456789" * 100_000


def pid(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


def file(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", str(len(FILE)))])
    return environ["wsgi.file_wrapper"](io.BytesIO(FILE))


def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    time.sleep(1.5)
    return pid(environ, start_response)


def loop(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    while True:
        pass


def hang(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun"
    yield from loop(environ, start_response)


def big(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return (b"x" * 100_000 for _ in range(300))


ROUTES: dict[str, WSGIApplication] = {
    "/pid": pid,
    "/media/file": file,
    "/slow": slow,
    "/loop": loop,
    "/hang": hang,
    "/media/big": big,
    "/gulp": gulp,
    "/exit": raising(SystemExit(1)),
    "/exit-late": raising(SystemExit(1), after=[b"begun"]),
    "/error-at-first-step": raising(RuntimeError("swordfish"), after=[]),
}


def routed(name: str) -> WSGIApplication:
    """Return an application that echoes except at a few paths."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return ROUTES.get(environ["PATH_INFO"], echo(name))(environ, start_response)

    return application


application = compose(
    Runtime.from_env(),
    {name: lambda _, name=name: routed(name) for name in ("frontend", "admin", "api")},
)
