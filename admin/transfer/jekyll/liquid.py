"""Liquid, as far as posts use it: what can be known is filled in, the rest stays and is named.

Jekyll evaluates Liquid before Markdown, in code too; only what stands in a raw block is text.
"""

import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from admin.transfer.jekyll.expressions import Value, evaluate
from admin.transfer.jekyll.loops import find_assignment, find_loop
from admin.transfer.lines import Line, Piece, lines_of

_TOKEN = re.compile(
    r"\{%-?\s*(?P<tag>\w+)(?P<rest>(?:(?!%\}).){0,1000}?)\s*(?P<cut_after>-?)%\}"
    r"|\{\{-?\s*(?P<output>(?:(?!\}\}).){0,1000}?)\s*-?\}\}",
    re.DOTALL,
)
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_END_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_LANGUAGE = re.compile(r"[\w+#.-]+")


@dataclass(frozen=True)
class Names:
    """How names are resolved; each answers None for what it does not know."""

    variable: Callable[[str], Value | None]
    post_url: Callable[[str, int], str | None]
    link: Callable[[str, int], str | None]
    base: str = ""
    url: str = ""


class Left(NamedTuple):
    """A tag that stays in the text, and the line of the file it stands on."""

    number: int
    text: str


@dataclass
class _Reader:
    source: str
    first: int
    names: Names
    pieces: list[Piece] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    open_code: tuple[int, Piece, str] | None = None
    own: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = [match.end() for match in re.finditer("\n", self.source)]

    def number(self, offset: int) -> int:
        """Return the line of the file at an offset of the source."""
        return self.first + bisect(self.starts, offset)

    def value(self, expression: str) -> Value | None:
        """Return the value of an expression, None when it cannot be known."""

        def look_up(name: str) -> Value | None:
            return self.own[name] if name in self.own else self.names.variable(name)

        return evaluate(expression, look_up, url=self.names.url, base=self.names.base)

    def copy(self, start: int, end: int) -> None:
        """Take a stretch of the source as it is."""
        if end > start:
            self.pieces.append(Piece(self.source[start:end], self.number(start), moving=True))

    def put(self, text: str, offset: int) -> None:
        """Put text in the place of a tag."""
        self.pieces.append(Piece(text, self.number(offset), moving=False))

    def leave(self, match: re.Match[str]) -> None:
        """Leave a tag as it is, and note it."""
        self.copy(match.start(), match.end())
        text = " ".join(match[0].split())
        self.left.append(Left(self.number(match.start()), text))


def fill_in(source: str, first: int, names: Names) -> tuple[list[Line], list[Left]]:
    """Evaluate Liquid in a body whose first line is line `first` of its file."""
    reader = _Reader(source, first, names)
    _read(reader)
    return lines_of(reader.pieces or [Piece("", first, moving=False)]), reader.left


def _read(reader: _Reader) -> None:
    at = 0
    while match := _TOKEN.search(reader.source, at):
        reader.copy(at, match.start())
        at = _take(reader, match)
    reader.copy(at, len(reader.source))
    _close_open_code(reader)


def _take(reader: _Reader, match: re.Match[str]) -> int:
    """Deal with one tag or output; return the offset at which reading goes on."""
    tag = match["tag"]
    if tag in {"raw", "comment"}:
        return _take_block(reader, match)
    if tag in {"highlight", "endhighlight"}:
        return _take_highlight(reader, match)
    if tag == "for":
        return _take_loop(reader, match)
    if tag is None:
        value = reader.value(match["output"])
    else:
        value = _assign(reader, match) if tag == "assign" else _address(reader, match)
    if isinstance(value, str):
        reader.put(value, match.start())
    else:
        reader.leave(match)
    return match.end()


def _assign(reader: _Reader, match: re.Match[str]) -> str | None:
    """Keep a variable and show nothing; None when its value cannot be known."""
    found = find_assignment(match["rest"])
    value = reader.value(found[1]) if found else None
    if found is None or value is None:
        return None
    reader.own[found[0]] = value
    return ""


def _take_loop(reader: _Reader, match: re.Match[str]) -> int:
    """Repeat the inside for each item, if the list and everything inside can be known."""
    loop = find_loop(reader.source, match.end(), match["rest"])
    items = reader.value(loop.items) if loop else None
    if loop is None or not isinstance(items, list):
        reader.leave(match)
        return match.end()
    first, pieces = reader.number(match.end()), []
    for item in items:
        inner = _Reader(loop.inside, first, reader.names, own={**reader.own, loop.name: item})
        _read(inner)
        if inner.left:
            reader.leave(match)
            return match.end()
        pieces += inner.pieces
    reader.pieces += pieces
    return loop.end


def _take_block(reader: _Reader, match: re.Match[str]) -> int:
    """Keep a raw block's text as it is; make a comment one of HTML, which is not shown either."""
    closing = _END_RAW if match["tag"] == "raw" else _END_COMMENT
    end = closing.search(reader.source, match.end())
    if end is None:
        reader.leave(match)
        return match.end()
    if match["tag"] == "raw":
        start, stop = match.end(), end.start()
        if match["cut_after"]:
            start += len(reader.source[start:stop]) - len(reader.source[start:stop].lstrip())
        reader.copy(start, stop)
    else:
        hidden = reader.source[match.end() : end.start()].replace("--", "- -").strip()
        reader.put(f"<!-- {hidden} -->" if hidden else "", match.start())
    return end.end()


def _take_highlight(reader: _Reader, match: re.Match[str]) -> int:
    if match["tag"] == "highlight" and reader.open_code is None:
        language = _LANGUAGE.match((match["rest"] or "").strip())
        opening = Piece(match[0], reader.number(match.start()), moving=True)
        reader.open_code = (len(reader.pieces), opening, language[0] if language else "")
        reader.pieces.append(opening)
        return match.end()
    if match["tag"] == "endhighlight" and reader.open_code is not None:
        return _close_highlight(reader, match)
    reader.leave(match)
    return match.end()


def _close_highlight(reader: _Reader, match: re.Match[str]) -> int:
    """Write a fence around the code, longer than any in it, on lines of its own."""
    assert reader.open_code is not None
    index, opening, language = reader.open_code
    code = "".join(piece.text for piece in reader.pieces[index + 1 :])
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    before = "".join(piece.text for piece in reader.pieces[max(0, index - 3) : index])
    lead = "\n" if before.rpartition("\n")[2].strip() else ""
    head = f"{lead}{fence}{language}" + ("" if code.startswith("\n") else "\n")
    reader.pieces[index] = Piece(head, opening.number, moving=False)
    after = reader.source[match.end() : match.end() + 200].partition("\n")[0]
    tail = ("" if not code.rpartition("\n")[2].strip() else "\n") + fence
    reader.put(tail + ("\n" if after.strip() else ""), match.start())
    reader.open_code = None
    return match.end()


def _close_open_code(reader: _Reader) -> None:
    if reader.open_code is not None:
        opening = reader.open_code[1]
        reader.left.append(Left(opening.number, " ".join(opening.text.split())))


def _address(reader: _Reader, match: re.Match[str]) -> str | None:
    """Return what `post_url` and `link` lead to; None for other tags and for the unknown."""
    argument = match["rest"].strip()
    resolve = {"post_url": reader.names.post_url, "link": reader.names.link}.get(match["tag"])
    if resolve is None or not argument or "{" in argument:
        return None
    return resolve(argument.strip("\"'"), reader.number(match.start()))
