"""Pages made by hand, and a client that keeps what it was sent."""

from datetime import datetime
from typing import Any

from frontend.pagestore.page import Page
from tests.cast import NOON

HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache"))
TEXT = b"<p>The same words again and again.</p>" * 40


def make_page(
    *keys: str,
    status: str = "200 OK",
    headers: tuple[tuple[str, str], ...] = (),
    body: bytes = TEXT,
    number: int = 1,
    made_at: datetime = NOON,
) -> Page:
    names = frozenset(keys) or frozenset({"site"})
    return Page(
        status, (*HEADERS, *headers), {"": body}, keys=names, number=number, made_at=made_at
    )


def ask(page: Page, at: datetime, *, stale: bool = False, **environ: str) -> Any:
    """Return status, headers and body of an answer."""
    sent: list[Any] = []
    asked = {"REQUEST_METHOD": "GET"} | environ
    send = page.answer_stale if stale else page.answer
    _, body = send(asked, lambda *head: sent.append(head), lambda: at)
    [(status, headers)] = sent
    return status, dict(headers), b"".join(body)
