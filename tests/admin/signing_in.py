"""People at the console: each with a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.admin.pages import Page
from tests.cast import PASSWORD


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, and the page."""

    status: int
    location: str
    page: Page
    response: TestResponse


@dataclass(frozen=True)
class Browser:
    """One person's browser."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> Answer:
        """Open a page."""
        return _read(self.client.get(path, **options))

    def send(self, path: str, fields: MultiDict[str, str] | None = None, **options: Any) -> Answer:
        """Post fields to a path."""
        return _read(self.client.post(path, data=fields, **options))

    def token(self) -> str:
        """Return a token that forms of this browser may be sent with."""
        return self.get("/profile/").page.forms[0].fields["csrf_token"]

    def press(self, path: str, action: str = "save", **changed: Any) -> Answer:
        """Open the editor at `path`, change fields and press a button of it."""
        form = self.get(path).page.form
        return self.send(path, form.filled(action=action, **changed))


Enter = Callable[[str], Browser]


def enter(app: Flask, name: str) -> Browser:
    """Sign a person of the cast in."""
    browser = Browser(app.test_client())
    form = browser.get("/login/").page.form
    sent = form.filled(email=f"{name.lower()}@example.org", password=PASSWORD)
    assert browser.send("/login/", sent).status == 303
    return browser


def _read(response: TestResponse) -> Answer:
    page = Page(response.get_data().decode(errors="replace"))  # an archive is no text
    return Answer(response.status_code, response.headers.get("Location", ""), page, response)
