"""Links and images in Markdown: found outside code, led to where their targets are now."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from admin.transfer.lines import Line, code_spans, is_code

# A destination (CommonMark 6.3) as it stands after `](` or after the colon of a definition.
_TARGET = r"(?:<(?P<angled{0}>[^<>\n]*)>|(?P<bare{0}>(?:[^\s()<>]|\([^\s()]*\))+))"
_INLINE = re.compile(r"(?P<image>!\[[^\[\]]*)?\]\(\s*" + _TARGET.format(""))
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*" + _TARGET.format(""))
_ATTRIBUTE = re.compile(
    r"<(?P<tag>[a-zA-Z]+)\b[^<>]*?\b(?:src|href|poster)\s*=\s*"
    r"(?:\"(?P<angled>[^\"]*)\"|'(?P<bare>[^']*)')"
)
_DISK = re.compile(
    r"!\[[^\[\]]*\]\(\s*(?P<path>(?:[A-Za-z]:[\\/]|\\\\|file:)(?:[^()\n]|\([^()\n]*\))*)\)"
)


class Reference(NamedTuple):
    """One address in the text, between two columns of its line."""

    target: str
    start: int
    end: int
    is_image: bool


Resolve = Callable[[Reference, int], str]


def rewrite(lines: Sequence[Line], resolve: Resolve) -> list[Line]:
    """Replace every address by what `resolve` answers for it and its line's number."""
    return [
        Line(line.number, _rewrite_line(line, spans, resolve))
        for line, spans in zip(lines, code_spans(lines), strict=True)
    ]


def _rewrite_line(line: Line, spans: list[tuple[int, int]], resolve: Resolve) -> str:
    text = line.text
    found = {item.start: item for item in _find(text) if not is_code(spans, item.start)}
    changed = [(item, resolve(item, line.number)) for _, item in sorted(found.items())]
    for item, target in reversed(changed):
        if target != item.target:
            text = text[: item.start] + target + text[item.end :]
    return text


def _find(text: str) -> Iterator[Reference]:
    for match in _ATTRIBUTE.finditer(text):
        yield _reference(match, is_image=match["tag"].lower() in {"img", "source", "video"})
    for match in _INLINE.finditer(text):
        yield _reference(match, is_image=match["image"] is not None)
    if definition := _DEFINITION.match(text):
        yield _reference(definition, is_image=False)
    for match in _DISK.finditer(text):  # with spaces, which no address of the web has
        yield Reference(match["path"], match.start("path"), match.end("path"), is_image=True)


def _reference(match: re.Match[str], *, is_image: bool) -> Reference:
    group = "angled" if match["angled"] is not None else "bare"
    return Reference(match[group], match.start(group), match.end(group), is_image)
