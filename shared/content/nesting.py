"""HTML nested properly and not too deep, before an HTML parser sees it.

A browser's parser repeats unclosed formatting in every later paragraph and walks all open elements
at each tag, so that a few kilobytes of hostile raw HTML cost gigabytes or minutes. Closing every
element where its parent ends, and opening at most 100, keeps that work linear.
"""

import re
from collections.abc import Iterable
from typing import Final

from markdown_it.token import Token

from shared.content.allowed import PHRASING, TAGS, VOID

DEEPEST: Final = 100
_SUSPICIOUS_DEPTH: Final = 40

_IN_PARAGRAPH: Final = PHRASING | VOID - {"hr"} | {"audio", "picture", "video"}
_WALLS: Final = frozenset({"caption", "table", "td", "th"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Opening one of these ends an open one of those, up to the nearest of the last set.
_ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "a": (frozenset({"a"}), _WALLS),
    "li": (frozenset({"li"}), _WALLS | {"ol", "ul"}),
    **dict.fromkeys(("dd", "dt"), (frozenset({"dd", "dt"}), _WALLS | {"dl"})),
    **dict.fromkeys(("rp", "rt"), (frozenset({"rp", "rt"}), _WALLS | {"ruby"})),
    **dict.fromkeys(_HEADINGS, (_HEADINGS, _WALLS)),
}
# Parts of a table stand directly in one of these and nowhere else.
_PARENTS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("caption", "colgroup", "tbody", "tfoot", "thead"), frozenset({"table"})),
    "col": frozenset({"colgroup", "table"}),
    "tr": frozenset({"table", "tbody", "tfoot", "thead"}),
    **dict.fromkeys(("td", "th"), frozenset({"table", "tbody", "tfoot", "thead", "tr"})),
}

_MARKUP: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)
    |<(iframe|math|noembed|noframes|noscript|plaintext|script|style|svg|template|textarea|title|xmp)
      (?=[\s/>]).*?(?:</\1\s*>|\Z)
    |<[!?][^>]*(?:>|\Z)
    |<(?P<end>/?)(?P<name>[a-z][a-z0-9\-]*)
      (?P<attributes>(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*+)\s*/?>
    |<""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def needs_balance(tokens: Iterable[Token]) -> bool:
    """Whether parsed Markdown holds raw HTML, or is nested deeper than any honest text."""
    depth = 0
    for token in tokens:
        if token.type == "html_block":
            return True
        depth += token.nesting
        for child in token.children or ():
            depth += child.nesting
            if child.type == "html_inline" or depth > _SUSPICIOUS_DEPTH:
                return True
    return False


def balance(html: str) -> str:
    """Close what is open where it has to end, and drop comments, scripts and unknown tags."""
    nest = _Nest()
    return _MARKUP.sub(nest.place, html) + nest.close_to(0)


class _Nest:
    """The elements open at one place of the document."""

    def __init__(self) -> None:
        self.open: list[str] = []

    def place(self, match: re.Match[str]) -> str:
        """Return what shall stand for one piece of markup."""
        if match["name"] is None:
            return "&lt;" if match[0] == "<" else ""
        name = match["name"].lower()
        if name not in TAGS:
            return ""
        return self._end(name) if match["end"] else self._start(name, match)

    def close_to(self, depth: int) -> str:
        """Close the innermost elements until only `depth` are open."""
        closing = "".join(f"</{name}>" for name in reversed(self.open[depth:]))
        del self.open[depth:]
        return closing

    def _start(self, name: str, match: re.Match[str]) -> str:
        closing = ""
        if name not in _IN_PARAGRAPH:
            closing = self._end_nearest(frozenset({"p"}), _WALLS)
        if name in _ENDS:
            closing += self._end_nearest(*_ENDS[name])
        if name in _PARENTS:
            depth = self._find(_PARENTS[name], frozenset())
            if depth is None:
                return closing
            closing += self.close_to(depth + 1)
        if name not in VOID:
            if len(self.open) >= DEEPEST:
                return closing
            self.open.append(name)
        return f"{closing}<{name}{match['attributes']}>"

    def _end(self, name: str) -> str:
        walls = frozenset[str]() if name in _PARENTS or name == "table" else _WALLS
        if name in PHRASING:
            walls = TAGS - PHRASING
        return self._end_nearest(frozenset({name}), walls)

    def _end_nearest(self, names: frozenset[str], walls: frozenset[str]) -> str:
        depth = self._find(names, walls)
        return "" if depth is None else self.close_to(depth)

    def _find(self, names: frozenset[str], walls: frozenset[str]) -> int | None:
        """Depth of the innermost open element of these names, unless a wall stands before it."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth] in names:
                return depth
            if self.open[depth] in walls:
                return None
        return None
