"""Asking a live server over HTTP, with a cookie jar and without following redirects."""

from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.e2e import account
from tests.whole.asking import token_in


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end."""

    url: str
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.headers.get_content_type()


class Browser:
    """Somebody at a browser; `headers` are sent with every request."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._opener = build_opener(HTTPCookieProcessor(self.jar), _Stay())

    def ask(
        self,
        path: str,
        *,
        form: dict[str, str] | None = None,
        body: bytes | None = None,
        method: str | None = None,
        **headers: str,
    ) -> Answer:
        """Send one request to a path below the address, or to an address in full."""
        data = urlencode(form).encode() if form is not None else body
        given = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        url = path if path.startswith("http") else self.address + path
        request = Request(url, data, given, method=method)  # noqa: S310 - our own server
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(url, answer.status, answer.headers, answer.read())
        except HTTPError as answer:
            with answer:
                return Answer(url, answer.code, answer.headers, answer.read())

    def send(self, path: str, **fields: str) -> Answer:
        """Open a page and send its form."""
        page = self.ask(path)
        return self.ask(page.url, form={"csrf_token": token_in(page.text)} | fields)

    def become_owner(self, link: str) -> Answer:
        """Set up the site by its printed link."""
        return self.send(
            link,
            site_title=account.TITLE,
            name=account.NAME,
            email=account.EMAIL,
            password=account.PASSWORD,
            repeat=account.PASSWORD,
        )

    def sign_in(self, password: str = account.PASSWORD) -> Answer:
        """Sign in as the owner."""
        return self.send("/admin/login/", email=account.EMAIL, password=password)
