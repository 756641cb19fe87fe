"""Which types of uploaded files there are, and which of them a browser may show by itself."""

import re
from pathlib import PurePosixPath
from typing import Final

# A picture in SVG may hold scripts: the sandbox that every file is served in keeps them still.
SHOWN: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
}
# Offered for download: the viewers of browsers do not work in a sandbox, or would run a program.
OFFERED: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
UNKNOWN: Final = "application/octet-stream"
SANDBOX: Final = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"

# `name.0123abcdef.png` or `01/0123abcdef/name.png`: the address changes with the content. A date
# would be digits alone.
_HASH: Final = r"(?=[0-9a-f]*[a-f])[0-9a-f]{10,64}"
_HASHED: Final = re.compile(rf"(.+/)?([^/]+\.{_HASH}\.[A-Za-z0-9]+|{_HASH}/[^/]+)")


def type_of(name: str) -> str:
    """Return the media type of a file's name; what is not known is only bytes."""
    suffix = PurePosixPath(name).suffix.lower()
    return SHOWN.get(suffix) or OFFERED.get(suffix) or UNKNOWN


def is_shown(name: str) -> bool:
    """Whether a browser may show the file rather than offer to keep it."""
    return PurePosixPath(name).suffix.lower() in SHOWN


def is_hashed(name: str) -> bool:
    """Whether a file's path carries a hash of its content."""
    return bool(_HASHED.fullmatch(name))


def is_hidden(name: str) -> bool:
    """Whether any part of a path begins with a dot."""
    return any(part.startswith(".") for part in PurePosixPath(name).parts)
