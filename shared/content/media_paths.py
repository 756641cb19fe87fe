"""The addresses of media files in a text."""

import re
from typing import Final
from urllib.parse import unquote

_PATH: Final = re.compile(r"/media/[^\s\"'()<>\[\]\\#?`|,]+")
_TRAILING: Final = ".;:!*_~"  # punctuation of the sentence, not of the address


def media_paths(text: str) -> set[str]:
    """Return the paths below `/media/` that a text names, decoded."""
    return {unquote(path).rstrip(_TRAILING) for path in _PATH.findall(text)}
