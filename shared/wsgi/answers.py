"""The few answers that are given in front of the applications, in the form of their mount.

Below `/api` they are the API's JSON (RFC 9457 and the error envelope), elsewhere a small page.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from shared.error_codes import code_of
from shared.log_context import request_id, request_urn
from shared.wsgi.request_line import log_answer

Headers = tuple[tuple[str, str], ...]

SAFE_HEADERS: Headers = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
LONGEST_ECHO = 1_024  # characters of a refused path that are repeated in an answer

# status: title, and what to tell a person in the two first languages
PHRASES = {
    200: ("OK", "", ""),
    204: ("No Content", "", ""),
    308: ("Permanent Redirect", "This page has moved.", "页面已移动。"),
    400: ("Bad Request", "This address cannot be read.", "无法识别这个地址。"),
    404: ("Not Found", "There is no such page.", "没有这个页面。"),
    405: ("Method Not Allowed", "This cannot be done here.", "此处不支持该操作。"),
    408: ("Request Timeout", "This took too long to arrive.", "发送的内容迟迟没有到达。"),
    413: ("Content Too Large", "This is too much to send at once.", "发送的内容太大。"),
    414: ("URI Too Long", "This address is too long.", "地址太长。"),
    500: ("Internal Server Error", "Something went wrong here.", "服务器出了点问题。"),
    503: ("Service Unavailable", "Please try again in a moment.", "请稍后再试。"),
}

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{english}</p>
<p lang="zh-Hans">{chinese}</p>
<p><small>{detail} ({request_id})</small></p>
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request is not served: HTTP status, a sentence safe to show, further headers."""

    status: int
    detail: str
    headers: Headers = ()


def answer(
    environ: WSGIEnvironment, start_response: StartResponse, trouble: Trouble
) -> Iterable[bytes]:
    """Answer with a trouble as JSON or as a page, and write the request's log line."""
    inside = find_api_path(environ)
    if inside is None:
        kind, body = "text/html; charset=utf-8", _page(trouble)
    else:
        kind, body = "application/problem+json", _problem(environ, trouble, inside)
    return reply(environ, start_response, trouble.status, kind, body, trouble.headers)


def reply(  # noqa: PLR0917 - the parts of a response in the order of the wire
    environ: WSGIEnvironment,
    start_response: StartResponse,
    status: int,
    kind: str,
    body: bytes,
    headers: Headers = (),
) -> Iterable[bytes]:
    """Send a small finished body; to HEAD only its headers."""
    about = [("Content-Type", kind)] if body else []
    length = [] if status == 204 else [("Content-Length", str(len(body)))]
    start_response(f"{status} {PHRASES[status][0]}", [*about, *length, *SAFE_HEADERS, *headers])
    sent = b"" if environ.get("REQUEST_METHOD") == "HEAD" else body
    log_answer(environ, status, len(sent), who=environ.get("triptych.client", ""))
    return [sent] if sent else []


def find_api_path(environ: WSGIEnvironment) -> str | None:
    """Return the path inside the API, or None when the request is not below `/api`."""
    script: str = environ.get("SCRIPT_NAME", "")
    root: str = environ.get("triptych.root", script)
    path: str = script[len(root) :] + environ.get("PATH_INFO", "")
    if path == "/api" or path.startswith("/api/"):
        return path[4:] or "/"
    return None


def _page(trouble: Trouble) -> bytes:
    title, english, chinese = PHRASES[trouble.status]
    detail = escape(trouble.detail)
    page = _PAGE.format(
        title=title, english=english, chinese=chinese, detail=detail, request_id=request_id.get()
    )
    return page.encode()


def _problem(environ: WSGIEnvironment, trouble: Trouble, inside: str) -> bytes:
    code = code_of(trouble.status)
    method = environ.get("REQUEST_METHOD", "GET")
    method = "GET" if method == "HEAD" else method  # HEAD tells the length of GET's body
    envelope: dict[str, Any] = {
        "error_code": int(code),
        "msg": trouble.detail,
        "request": f"{method} {_text(inside)[:LONGEST_ECHO]}",
        "type": code.urn,
        "title": code.meaning,
        "status": trouble.status,
        "detail": trouble.detail,
        "instance": request_urn(),
    }
    return json.dumps(envelope, ensure_ascii=False).encode("utf-8", "replace")


def _text(path: str) -> str:
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
