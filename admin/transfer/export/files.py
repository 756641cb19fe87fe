"""The media of an instance: which files there are, and which ones a text shows."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote

PIECE: Final = 256 * 1024
FORMS: Final = "forms"  # made of what lies beside them, and again where they go
# By the hash of its bytes, or by the address that lasts.
_SHOWN: Final = re.compile(
    r"/media/((?:[0-9a-f]{2}/[0-9a-f]{32}/|[0-9]+-)[^\s\"'()<>\[\]\\#?`|,]+)"
)
_TEXTS: Final = frozenset({".svg", ".txt", ".csv", ".json", ".md", ".vtt", ".wav"})


@dataclass(frozen=True)
class MediaFile:
    """A file of the media store; `path` is relative to it."""

    path: str
    place: Path
    size: int
    at: datetime

    @property
    def is_packed(self) -> bool:
        """Whether its format leaves nothing to be gained by compressing it again."""
        return self.place.suffix.lower() not in _TEXTS

    def pieces(self) -> Iterator[bytes]:
        """Yield the file's bytes; raises OSError."""
        with self.place.open("rb") as opened:
            while piece := opened.read(PIECE):
                yield piece


def walk_media(instance: Path) -> Iterator[MediaFile]:
    """Yield the files of the media store by name; links and half-written files are none of it."""
    root = instance / "media"
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name != FORMS)
        for name in sorted(names):
            place = Path(folder) / name
            try:
                facts = place.lstat()
            except FileNotFoundError:
                continue
            if name.startswith(".") or not stat.S_ISREG(facts.st_mode):
                continue
            at = datetime.fromtimestamp(facts.st_mtime, UTC)
            yield MediaFile(place.relative_to(root).as_posix(), place, facts.st_size, at)


def shown_media(text: str) -> set[str]:
    """Return the paths of the media that a text leads to, relative to the store."""
    return {unquote(path).rstrip(".;:!*_~") for path in _SHOWN.findall(text)}
