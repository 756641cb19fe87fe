"""What kramdown has and CommonMark has not: attribute lists, and the table of contents."""

import re
from collections.abc import Sequence

from admin.transfer.lines import Line, code_spans, is_code

_BLOCK = re.compile(r"\s*\{:(?P<inner>[^:}][^}]*)\}\s*")
_SPAN = re.compile(r"(?<=[)\]*_`>\w”.!?])\{:(?P<inner>[^:}][^}]*)\}")
_HEADING_ID = re.compile(r"(?P<head>^#{1,6}\s.*?)\s*\{(?P<inner>#[\w:.-]+)\}\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[*+-]|\d+\.)\s+\S.*")
_EXTENSION = re.compile(r"\{::/?[^}]*\}")


def to_commonmark(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, str]]]:
    """Return the lines without what only kramdown knows, and (line, text) of each such thing."""
    kept: list[Line] = []
    removed: list[tuple[int, str]] = []
    for line, spans in zip(lines, code_spans(lines), strict=True):
        block = _BLOCK.fullmatch(line.text)
        if block is None or is_code(spans, block.start("inner")):
            kept.append(_clean(line, spans, removed))
        elif block["inner"].strip() == "toc" and kept and _LIST_ITEM.fullmatch(kept[-1].text):
            kept[-1] = Line(kept[-1].number, "[TOC]")
        else:
            removed.append((line.number, line.text.strip()))
    return kept, removed


def _clean(line: Line, spans: list[tuple[int, int]], removed: list[tuple[int, str]]) -> Line:
    """Take attribute lists out of one line of text."""
    text = line.text
    for match in reversed(list(_SPAN.finditer(text))):
        if not is_code(spans, match.start()):
            removed.append((line.number, match[0]))
            text = text[: match.start()] + text[match.end() :]
    if (heading := _HEADING_ID.match(text)) and not is_code(spans, 0):
        removed.append((line.number, f"{{{heading['inner']}}}"))
        text = heading["head"]
    if not is_code(spans, 0) and (extension := _EXTENSION.search(text)):
        removed.append((line.number, extension[0]))
        text = _EXTENSION.sub("", text)
    return Line(line.number, text)
