"""Answers for uploaded files, given in front of Flask: each in a sandbox, whole or in part."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.http import http_date

from frontend.media_types import SANDBOX, is_hashed, is_shown, type_of
from shared.log_context import app_name
from shared.web.headers import security_headers
from shared.wsgi.conditions import find_range, is_known, is_refused
from shared.wsgi.files import Folder, OpenFile
from shared.wsgi.finished import Header
from shared.wsgi.request_line import log_answer
from shared.wsgi.static_files import FOREVER, REVALIDATE

PREFIX: Final = "/media/"
# Feeds, mails and other sites show the pictures of posts.
SHARED: Final = ("Cross-Origin-Resource-Policy", "cross-origin")
REFUSED: Final = (("Content-Security-Policy", SANDBOX), ("Cache-Control", "no-store"))
dated = lru_cache(maxsize=512)(http_date)


def serve_media(app: Flask) -> None:
    """Put the files of the site's instance in front of its pages."""
    folder = Path(app.instance_path) / "media"
    app.wsgi_app = MediaFiles(app.wsgi_app, folder, security_headers())  # type: ignore[method-assign]  # as Flask tells middleware to do


class MediaFiles:
    """WSGI middleware that answers GET and HEAD for what lies in `folder`, by its path's name.

    Everything else goes on to `app`, which has the page for a file that is not there and knows
    the methods. `headers` are the site's security headers.
    """

    def __init__(self, app: WSGIApplication, folder: Path, headers: Sequence[Header]) -> None:
        self._app = app
        self._folder = Folder(folder)
        self._headers = [item for item in headers if item[0] != "Content-Security-Policy"]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if path.startswith(PREFIX) and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            name = path[len(PREFIX) :].encode("latin-1").decode("utf-8", "replace")
            file = self._folder.find(name)
            if file is not None:
                with file:
                    app_name.set("frontend")
                    return self._send(file, name, environ, start_response)
        return self._app(environ, start_response)

    def _send(
        self, file: OpenFile, name: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        modified = dated(file.modified)
        status, about, start, length = _judge(file, modified, environ)
        state = [*about, ("ETag", file.etag), ("Last-Modified", modified)]
        own = REFUSED if status > "4" else described(name)
        start_response(status, [*own, *state, *self._headers])
        sent = length if environ["REQUEST_METHOD"] == "GET" else 0
        log_answer(environ, int(status[:3]), sent)
        return file.send(environ, start, length) if sent else []


def _judge(
    file: OpenFile, modified: str, environ: WSGIEnvironment
) -> tuple[str, list[Header], int, int]:
    """Return status, headers of the length, and first byte and length of what is to be sent."""
    if is_refused(environ, file.etag, file.modified):
        return "412 Precondition Failed", [("Content-Length", "0")], 0, 0
    if is_known(environ, file.etag, file.modified):
        return "304 Not Modified", [], 0, 0
    part = find_range(environ, file.size, file.etag, modified)
    if part is None:
        return "200 OK", [("Content-Length", str(file.size))], 0, file.size
    start, length = part
    if not length:
        reach = ("Content-Range", f"bytes */{file.size}")
        return "416 Range Not Satisfiable", [("Content-Length", "0"), reach], 0, 0
    reach = ("Content-Range", f"bytes {start}-{start + length - 1}/{file.size}")
    return "206 Partial Content", [("Content-Length", str(length)), reach], start, length


@lru_cache(maxsize=512)
def described(name: str) -> tuple[Header, ...]:
    """Return the headers that a file's name alone decides."""
    return (
        ("Content-Type", type_of(name)),
        ("Content-Disposition", disposition(PurePosixPath(name).name, kept=not is_shown(name))),
        ("Content-Security-Policy", SANDBOX),
        FOREVER if is_hashed(name) else REVALIDATE,
        ("Accept-Ranges", "bytes"),
        SHARED,
    )


def disposition(name: str, *, kept: bool) -> str:
    """Say whether a file is shown or kept, and under which name (RFC 6266, with RFC 8187)."""
    how = "attachment" if kept else "inline"
    simple = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    simple = "".join(c for c in simple if c.isprintable()).replace("\\", "_").replace('"', "'")
    if not simple.partition(".")[0].strip():  # nothing of it was ASCII
        simple = f"file{simple}"
    plain = f'{how}; filename="{simple}"'
    return plain if simple == name else f"{plain}; filename*=UTF-8''{quote(name, safe='')}"
