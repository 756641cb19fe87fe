"""Text as it is kept: without control characters, which no database and no reader wants."""

import re
from typing import Final

# C0 and C1 controls but for tab and line feed; lone surrogates, which have no UTF-8 form.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS: Final = re.compile("\r\n?")


def one_line(text: str) -> str:
    """Return a text of one line: blanks folded and trimmed, control characters gone."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def plain_lines(text: str) -> str:
    """Return a text with line feeds as its line ends and without control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
