"""An answer as finished bytes: made once, sent in the form that a client takes, or as a 304."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from shared.wsgi.codings import choose
from shared.wsgi.conditions import names

Header = tuple[str, str]

NOT_MODIFIED: Final = "304 Not Modified"
OK: Final = "200 OK"
# What a 304 repeats of the answer that it stands for (RFC 9110, 15.4.5).
REPEATED: Final = frozenset(
    {"cache-control", "content-location", "etag", "expires", "last-modified", "vary"}
)
# These are made from the bytes here, whatever the application said.
OWN: Final = frozenset({"content-length", "content-encoding", "etag", "vary"})


class Form:
    """The bytes of one content coding with their headers, whole and for a 304."""

    __slots__ = ("body", "etag", "headers", "unchanged")

    def __init__(self, body: bytes, etag: str, headers: Sequence[Header]) -> None:
        self.body = [body] if body else []
        self.etag = etag
        self.headers = list(headers)
        self.unchanged = [item for item in headers if item[0].lower() in REPEATED]


class Finished:
    """Status, headers and the forms of a body by coding; `size` is what it holds, in bytes.

    A 200 has a strong ETag per form (RFC 9110, 8.8.3), made of the plain body.
    """

    __slots__ = ("_forms", "headers", "size", "status")

    def __init__(self, status: str, headers: Sequence[Header], bodies: Mapping[str, bytes]) -> None:
        self.status = status
        self.headers = tuple(item for item in headers if item[0].lower() not in OWN)
        tag = blake2b(bodies[""], digest_size=12).hexdigest() if status == OK else ""
        self._forms = {
            coding: self._form(body, coding, tag, varies=len(bodies) > 1)
            for coding, body in bodies.items()
        }
        self.size = sum(map(len, bodies.values())) + sum(
            len(name) + len(value) for name, value in self.headers
        )

    def body(self, coding: str = "") -> bytes | None:
        """Return the body in a coding, None when there is no such form."""
        form = self._forms.get(coding)
        return None if form is None else b"".join(form.body)

    def add(self, name: str, value: str) -> None:
        """Add a header to every form."""
        for form in self._forms.values():
            form.headers = [*form.headers, (name, value)]
            if name.lower() in REPEATED:
                form.unchanged = [*form.unchanged, (name, value)]

    def send(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        *,
        is_known: bool = False,
        more: Sequence[Header] = (),
    ) -> tuple[int, list[bytes]]:
        """Answer GET or HEAD and return the status sent and the body.

        `is_known` says that the client has it by another condition than If-None-Match, which
        comes first (RFC 9110, 13.2.2); `more` are headers of this one answer.
        """
        forms = self._forms
        form = forms.get(choose(environ.get("HTTP_ACCEPT_ENCODING", ""))) or forms[""]
        if form.etag:
            given = environ.get("HTTP_IF_NONE_MATCH")
            if is_known if given is None else names(given, form.etag):
                start_response(NOT_MODIFIED, [*form.unchanged, *more] if more else form.unchanged)
                return 304, []
        start_response(self.status, [*form.headers, *more] if more else form.headers)
        return int(self.status[:3]), [] if environ["REQUEST_METHOD"] == "HEAD" else form.body

    def _form(self, body: bytes, coding: str, tag: str, *, varies: bool) -> Form:
        etag = f'"{tag}{coding and "-" + coding}"' if tag else ""
        own = [
            ("Content-Length", str(len(body))),
            ("Content-Encoding", coding),
            ("Vary", "Accept-Encoding" if varies else ""),
            ("ETag", etag),
        ]
        return Form(body, etag, [*self.headers, *(item for item in own if item[1])])


def joined(body: Iterable[bytes]) -> bytes:
    """Return a WSGI body whole, and close it."""
    try:
        return b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
