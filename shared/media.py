"""The media store: files below INSTANCE/media, each at an address made of its content.

A file's type is what its bytes say, never what its name or a client claims; its name keeps only
the endings of that type. What could run in a browser (HTML, scripted SVG) is not taken at all.
"""

import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Final

from shared.content.slugs import slugify
from shared.svg import find_danger

MAX_BYTES: Final = 100_000_000
MAX_SVG: Final = 3_000_000  # read as markup it takes fifty times as much memory
MAX_NAME: Final = 80

# The endings that a file may carry, by what its bytes say; the first is given where none fits.
_ENDINGS: Final = {
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "gif": (".gif",),
    "webp": (".webp",),
    "avif": (".avif",),
    "svg": (".svg",),
    "pdf": (".pdf",),
    "zip": (".zip", ".docx", ".xlsx", ".pptx", ".epub"),
    "mp3": (".mp3",),
    "mp4": (".mp4", ".m4a"),
    "ogg": (".ogg", ".oga", ".ogv", ".opus"),
    "webm": (".webm",),
    "wav": (".wav",),
    "text": (".txt", ".csv", ".json", ".md", ".vtt"),
}
_SIGNATURES: Final = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("wav", re.compile(rb"RIFF....WAVE", re.DOTALL)),
    ("avif", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    ("mp4", re.compile(rb"....ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4[AV] |dash|qt  )", re.DOTALL)),
    ("pdf", re.compile(rb"%PDF-")),
    ("zip", re.compile(rb"PK(?:\x03\x04|\x05\x06)")),
    ("mp3", re.compile(rb"ID3|\xff[\xf2\xf3\xfa\xfb]")),
    ("ogg", re.compile(rb"OggS")),
    ("webm", re.compile(rb"\x1a\x45\xdf\xa3")),
)
_MARKUP: Final = re.compile(r"\s*(?:<!doctype|<!--|<\?xml|<[a-z])", re.IGNORECASE)


class MediaError(ValueError):
    """A file that is not taken; the message says why."""


def store(instance: Path, data: bytes, name: str) -> str:
    """Keep a file, unless it is there already, and return its path on the site.

    Raises MediaError for a type that is not taken, OSError when it cannot be written.
    """
    path = address(data, name)
    write(instance, path, data)
    return path


def address(data: bytes, name: str) -> str:
    """Return the path that a file has, or would have, on the site; raises MediaError."""
    ending = ending_of(_kind(data), name)
    digest = hashlib.sha256(data).hexdigest()[:32]
    return f"/media/{digest[:2]}/{digest}/{stem_of(name)}{ending}"


def stem_of(name: str) -> str:
    """Return a file's name without folders and ending, as it may stand in an address."""
    return slugify(PurePosixPath(name.replace("\\", "/")).stem, limit=MAX_NAME) or "file"


def write(instance: Path, path: str, data: bytes) -> None:
    """Write a file at a path of the site, unless it is there; raises OSError."""
    file = instance / path.removeprefix("/")
    if not file.exists():
        _write(file, data)


def kind_of(data: bytes) -> str:
    """Return what the bytes are: `png`, `pdf`, `zip`, `text` …; raises MediaError."""
    return _kind(data)


def ending_of(kind: str, name: str) -> str:
    """Return the ending that a file of a kind gets; raises MediaError."""
    given = PurePosixPath(unicodedata.normalize("NFKC", name)).suffix.lower()
    allowed = _ENDINGS[kind]
    if kind == "text" and given not in allowed:
        raise MediaError(f"is text; only {', '.join(allowed)} are taken")
    return given if given in allowed else allowed[0]


def _kind(data: bytes) -> str:
    if not data:
        raise MediaError("is empty")
    if len(data) > MAX_BYTES:
        raise MediaError(f"has more than {MAX_BYTES:,} bytes")
    for kind, signature in _SIGNATURES:
        if signature.match(data):
            return kind
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise MediaError("is of a type that is not taken")
    if not _MARKUP.match(text):
        return "text"
    if len(data) > MAX_SVG:
        raise MediaError(f"is markup of more than {MAX_SVG:,} bytes")
    if danger := find_danger(data):
        raise MediaError(danger)
    return "svg"


def _write(file: Path, data: bytes) -> None:
    """Write beside the place and rename, so that no reader ever sees half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
