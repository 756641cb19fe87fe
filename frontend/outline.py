"""A post's headings, read back from its stored HTML: cheaper than keeping or parsing it again."""

import re
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

FEWEST = 3  # headings that make a table of contents worth its room
DEEPEST = 3

_HEADING = re.compile(r'<h([1-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_LEVEL = re.compile(r"(</?h)([1-5])(?=[ >])")
_TAG = re.compile(r"<[^>]*>")
_IMAGE = re.compile(r'<img [^>]*?src="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading: `depth` counts from 1 whatever levels the author used."""

    depth: int
    text: str
    anchor: str


def demote(html: Markup) -> Markup:
    """Move all headings one level down when the text uses h1, which is the page's own title."""
    if "<h1" not in html:
        return html
    return Markup(_LEVEL.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html))  # noqa: S704 - was safe


def outline(html: str) -> tuple[Entry, ...]:
    """Return the headings of a text that has enough of them and no contents of its own."""
    if html.count("<h") < FEWEST or '<nav class="toc"' in html:
        return ()
    found = [
        (int(level), unescape(_TAG.sub("", inner)).strip(), unescape(anchor))
        for level, anchor, inner in _HEADING.findall(html)
    ]
    levels = sorted({level for level, _, _ in found})
    depths = {level: place for place, level in enumerate(levels, start=1)}
    entries = tuple(Entry(depths[level], text, anchor) for level, text, anchor in found)
    entries = tuple(entry for entry in entries if entry.depth <= DEEPEST)
    return entries if len(entries) >= FEWEST else ()


def first_image(html: str) -> str:
    """Return the whole address of the first picture, or nothing."""
    found = _IMAGE.search(html)
    return unescape(found[1]) if found else ""
