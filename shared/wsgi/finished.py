"""An answer as finished bytes: made once, sent in the form that a client takes, or as a 304."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from shared.wsgi.codings import choose, compress, is_worth_compressing
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

    __slots__ = ("body", "coding", "etag", "headers", "unchanged")

    def __init__(self, body: bytes, coding: str, etag: str, headers: Sequence[Header]) -> None:
        self.body = [body] if body else []
        self.coding = coding
        self.etag = etag
        self.headers = list(headers)
        self.unchanged = [item for item in headers if item[0].lower() in REPEATED]


_making = threading.Lock()


class Finished:
    """Status, headers and the forms of a body by coding; `size` is what it holds, in bytes.

    A 200 has a strong ETag per form (RFC 9110, 8.8.3), made of the plain body. With `is_lazy` a
    compressed form that is missing is made, once, when it is first asked for.
    """

    __slots__ = ("_added", "_forms", "_is_lazy", "_tag", "headers", "size", "status")

    def __init__(
        self,
        status: str,
        headers: Sequence[Header],
        bodies: Mapping[str, bytes],
        *,
        is_lazy: bool = False,
    ) -> None:
        self.status = status
        self.headers = tuple(item for item in headers if item[0].lower() not in OWN)
        self._added: tuple[Header, ...] = ()
        plain = bodies[""]
        media_type = next((text for name, text in headers if name.lower() == "content-type"), "")
        self._is_lazy = is_lazy and is_worth_compressing(plain, media_type)
        self._tag = blake2b(plain, digest_size=12).hexdigest() if status == OK else ""
        varies = self._is_lazy or len(bodies) > 1
        self._forms = {
            coding: self._form(body, coding, varies=varies) for coding, body in bodies.items()
        }
        self.size = sum(map(len, bodies.values())) + sum(
            len(name) + len(value) for name, value in self.headers
        )

    def body(self, coding: str = "") -> bytes | None:
        """Return the body in a coding, None when there is no such form."""
        form = self._forms.get(coding) or self._make(coding)
        return b"".join(form.body) if form.coding == coding else None

    def add(self, name: str, value: str) -> None:
        """Add a header to every form."""
        with _making:
            self._added += ((name, value),)
            for form in {id(form): form for form in self._forms.values()}.values():
                form.headers = [*form.headers, (name, value)]
                if name.lower() in REPEATED:
                    form.unchanged = [*form.unchanged, (name, value)]

    def grow(self, by: int) -> None:
        """Count the bytes of a form that was made."""
        self.size += by

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
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = self._forms.get(coding) or self._make(coding)
        if form.etag:
            given = environ.get("HTTP_IF_NONE_MATCH")
            if is_known if given is None else names(given, form.etag):
                start_response(NOT_MODIFIED, [*form.unchanged, *more] if more else form.unchanged)
                return 304, []
        start_response(self.status, [*form.headers, *more] if more else form.headers)
        return int(self.status[:3]), [] if environ["REQUEST_METHOD"] == "HEAD" else form.body

    def _make(self, coding: str) -> Form:
        """Return the form of a coding, the plain one where compressing gains nothing."""
        plain = self._forms[""]
        if not self._is_lazy:
            return plain
        with _making:
            if coding in self._forms:  # another thread was first
                return self._forms[coding]
            body = compress(b"".join(plain.body), coding)
            is_shorter = len(body) < len(plain.body[0])
            made = self._forms[coding] = (
                self._form(body, coding, varies=True) if is_shorter else plain
            )
        if is_shorter:
            self.grow(len(body))
        return made

    def _form(self, body: bytes, coding: str, *, varies: bool) -> Form:
        etag = f'"{self._tag}{coding and "-" + coding}"' if self._tag else ""
        own = [
            ("Content-Length", str(len(body))),
            ("Content-Encoding", coding),
            ("Vary", "Accept-Encoding" if varies else ""),
            ("ETag", etag),
        ]
        headers = [*self.headers, *(item for item in own if item[1]), *self._added]
        return Form(body, coding, etag, headers)


def joined(body: Iterable[bytes]) -> bytes:
    """Return a WSGI body whole, and close it."""
    try:
        return b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
