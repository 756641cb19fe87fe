"""Static files as answers: small ones from memory, large ones from disk, compressed beforehand."""

import mimetypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from shared.wsgi.codings import choose, compressed
from shared.wsgi.conditions import names
from shared.wsgi.files import OpenFile, etag_of
from shared.wsgi.finished import NOT_MODIFIED, OK, Finished, Header
from shared.wsgi.request_line import log_answer
from shared.wsgi.static_forms import digest_of, digest_of_file, find_forms

LARGEST_KEPT: Final = 65_536  # bytes of a file in memory; larger ones are sent from disk
MOST_KEPT: Final = 4_000_000  # bytes of all files of an application in memory, uncompressed
REVALIDATE: Final = ("Cache-Control", "no-cache")
FOREVER: Final = ("Cache-Control", "public, max-age=31536000, immutable")
# The same on every system, whatever its own table says.
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


class StaticFile(Protocol):
    """A file that can answer; `digest` is the SHA-256 of its bytes."""

    digest: str

    def answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, caching: Header
    ) -> Iterable[bytes]:
        """Answer GET or HEAD; raises OSError when the file is gone."""


class InMemory:
    """A file whose bytes are kept; its compressed forms are looked for when first asked for."""

    def __init__(self, body: bytes, name: str, headers: Sequence[Header], forms: Path) -> None:
        self.digest = digest_of(body)
        self._body = body
        self._headers = [("Content-Type", type_of(name)), *headers]
        self._forms = forms

    @cached_property
    def _finished(self) -> Finished:
        forms: Mapping[str, bytes] = {}
        with suppress(OSError):  # another installation may be removing them
            found = find_forms(self._forms, self.digest)
            forms = {coding: path.read_bytes() for coding, path in found.items()}
        forms = forms or compressed(self._body, self._headers[0][1])
        return Finished(OK, self._headers, {"": self._body} | dict(forms))

    def answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, caching: Header
    ) -> Iterable[bytes]:
        """Answer from memory."""
        status, body = self._finished.send(environ, start_response, more=(caching,))
        log_answer(environ, status, sum(map(len, body)))
        return body


class OnDisk:
    """A file that is opened for each answer, as it is or in a form that was made beforehand."""

    def __init__(self, path: Path, name: str, headers: Sequence[Header], forms: Path) -> None:
        self._plain = path.resolve()
        self._state = etag_of(self._plain.stat())
        self.digest = digest_of_file(path)
        self._headers = [("Content-Type", type_of(name)), *headers]
        self._folder = forms

    @cached_property
    def _forms(self) -> dict[str, Path]:
        return find_forms(self._folder, self.digest)

    def answer(
        self, environ: WSGIEnvironment, start_response: StartResponse, caching: Header
    ) -> Iterable[bytes]:
        """Answer from disk; a file that has changed since the start is kept by nobody."""
        file, coding, tag = self._open(environ)
        state = [caching if tag else REVALIDATE, ("ETag", tag or file.etag)]
        state += [("Vary", "Accept-Encoding")] if self._forms else []
        with file:
            if names(environ.get("HTTP_IF_NONE_MATCH", ""), tag or file.etag):
                start_response(NOT_MODIFIED, state)
                log_answer(environ, 304, 0)
                return []
            about = [("Content-Encoding", coding)] if coding else []
            length = ("Content-Length", str(file.size))
            start_response(OK, [*self._headers, *about, length, *state])
            sent = file.size if environ["REQUEST_METHOD"] == "GET" else 0
            log_answer(environ, 200, sent)
            return file.send(environ) if sent else []

    def _open(self, environ: WSGIEnvironment) -> tuple[OpenFile, str, str]:
        """Open what is to be sent; return it with its coding and tag, none for a changed file."""
        if etag_of(self._plain.stat()) != self._state:
            return OpenFile(self._plain), "", ""
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if coding in self._forms:
            with suppress(OSError):  # another installation may have removed it meanwhile
                return OpenFile(self._forms[coding]), coding, f'"{self.digest[:24]}-{coding}"'
        return OpenFile(self._plain), "", f'"{self.digest[:24]}"'


def load(folder: Path, headers: Sequence[Header], forms: Path) -> dict[str, StaticFile]:
    """Return the files of a folder by name, with small ones in memory as long as there is room."""
    files: dict[str, StaticFile] = {}
    room = MOST_KEPT
    for name in sorted(list_names(folder)):
        path = folder / name
        size = path.stat().st_size
        if size <= min(LARGEST_KEPT, room):
            room -= size
            files[name] = InMemory(path.read_bytes(), name, headers, forms)
        else:
            files[name] = OnDisk(path, name, headers, forms)
    return files


def list_names(folder: Path) -> Iterator[str]:
    """Return the names of the files below a folder, but for hidden ones."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name


def type_of(name: str) -> str:
    """Return the Content-Type of a file's name."""
    known = TYPES.get(PurePosixPath(name).suffix.lower())
    guessed, coding = mimetypes.guess_type(name)
    return known or (not coding and guessed) or "application/octet-stream"
