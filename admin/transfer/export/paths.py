"""Paths inside the archive: safe on every system, and each told from all others."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

MAX_BYTES: Final = 240

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
# Names that Windows keeps for devices, and folders that a Jekyll site does not look into.
_KEPT: Final = frozenset(
    {"con", "prn", "aux", "nul", "_site", "node_modules", "vendor", "_posts", "_drafts"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
    | {"_includes", "_layouts", "_sass", "_data"}
)


class Paths:
    """Gives out paths; two that differ only in upper and lower case would meet on some systems."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, folder: str, name: str, ending: str = ".md") -> str:
        """Return the path of a file below a folder; `name` may have slashes."""
        stem = f"{folder}/" + "/".join(safe_part(part) for part in name.split("/"))
        path, number = stem + ending, 1
        while path.casefold() in self._given:
            number += 1
            path = f"{stem}-{number}{ending}"
        self._given.add(path.casefold())
        return path


def safe_part(part: str) -> str:
    """Return one segment of a path as every file system can keep it, and none misreads it."""
    text = unicodedata.normalize("NFC", part.encode(errors="replace").decode())
    text = _UNSAFE.sub("_", text).strip(" ").rstrip(".")
    text = text.encode()[:MAX_BYTES].decode(errors="ignore")
    if not text or text.startswith("."):
        text = f"_{text.lstrip('.')}"
    return f"{text}_" if text.split(".")[0].casefold() in _KEPT else text


def is_safe(path: str) -> bool:
    """Tell whether a path can stand in an archive as it is."""
    try:
        path.encode()
    except UnicodeEncodeError:  # a name on the disk that is no text
        return False
    parts = PurePosixPath(path).parts
    return not path.startswith("/") and not {"..", "."} & set(parts) and not _UNSAFE.search(path)
