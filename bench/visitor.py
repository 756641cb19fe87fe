"""A visitor of one server: asks for pages, and signs in to the console as a browser does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode

from shared.urls import path_to

TIMEOUT: Final = 30.0
FORM: Final = "application/x-www-form-urlencoded"


class SignInError(RuntimeError):
    """The console did not let the owner in."""


@dataclass(frozen=True)
class Answer:
    """Status, headers as they came, and the whole body; `origin` is the address asked."""

    origin: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def header(self, name: str) -> str:
        """Return a header's value, empty when there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Visitor:
    """One client with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """The value of the Cookie header, empty when there is none."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path, without following redirects."""
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(form), {"Content-Type": FORM})

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the console's own form; raises SignInError."""
        path = path_to("admin", "account.login")
        hidden = hidden_fields(self.get(path).text)
        answer = self.post(path, {**hidden, "email": email, "password": password})
        home = self.get(path_to("admin", "dashboard.index"))
        if answer.status != 303 or home.status != 200:
            raise SignInError(f"sign-in answered {answer.status}, the dashboard {home.status}")

    def _ask(self, method: str, path: str, body: str | None, more: Mapping[str, str]) -> Answer:
        headers = ({"Cookie": self.cookie} if self.cookies else {}) | dict(more)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, headers)
            return self._keep(connection.getresponse())
        finally:
            connection.close()

    def _keep(self, response: HTTPResponse) -> Answer:
        headers = tuple(response.getheaders())
        for name, value in headers:
            if name.lower() == "set-cookie":
                given = SimpleCookie(value)
                self.cookies |= {key: morsel.value for key, morsel in given.items()}
        origin = f"http://127.0.0.1:{self.port}"
        return Answer(origin, response.status, response.reason, headers, response.read())


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms."""
    parser = _Hidden()
    parser.feed(page)
    return dict(parser.found)


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found.append((given.get("name") or "", given.get("value") or ""))
