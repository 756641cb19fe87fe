"""Somebody who asks the whole of the process, with a cookie jar as a browser keeps it."""

import re
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.test import Client, TestResponse

from tests.cast import PASSWORD

EMAIL = "ann@example.org"
CONSOLE_COOKIE = "triptych-admin"


class Visitor(Client):
    """A client that keeps cookies by path; `sent` holds the cookies that each path was sent."""

    def __init__(self, app: WSGIApplication) -> None:
        self.sent: dict[str, str] = {}

        def note(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            self.sent[environ["PATH_INFO"]] = environ.get("HTTP_COOKIE", "")
            return app(environ, start_response)

        super().__init__(note)

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Ask, and read the answer to its end, as a server does."""
        return super().open(*args, **{"buffered": True} | options)


def token_in(html: str) -> str:
    """Return the token of the first form in a page of the console."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', html)
    assert found, html
    return found[1]


def sign_in(visitor: Visitor, base_url: str = "http://localhost") -> TestResponse:
    """Sign the owner in through the console's own form."""
    page = visitor.get("/admin/login/", base_url=base_url)
    form = {"csrf_token": token_in(page.text), "email": EMAIL, "password": PASSWORD}
    answer = visitor.post("/admin/login/", data=form, base_url=base_url)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/")
    return answer
