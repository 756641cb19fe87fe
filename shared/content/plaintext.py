"""The plain text of parsed Markdown, for search, excerpts and counting."""

from collections.abc import Iterable
from html import unescape
from typing import Final

import nh3
from markdown_it.token import Token

from shared.content.nesting import balance

_TEXTS: Final = frozenset({"text", "text_special", "code_inline"})


def inline_text(children: Iterable[Token]) -> str:
    """Text of one line of Markdown: no marks, images by their alternative text."""
    parts: list[str] = []
    for token in children:
        if token.type in _TEXTS or token.type in {"image", "missing_image"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return "".join(parts).strip()


def plain_text(tokens: Iterable[Token]) -> str:
    """Text of a whole document, a line per block."""
    return "\n".join(line for token in tokens if (line := _line(token)))


def prose(tokens: Iterable[Token]) -> str:
    """Text of the paragraphs alone: no headings, tables, code, raw HTML or footnotes."""
    lines: list[str] = []
    before = ""
    for token in tokens:
        if token.type == "footnote_block_open":
            break  # the notes stand at the end
        if token.type == "inline" and before == "paragraph_open":
            lines.append(inline_text(child for child in token.children or () if _is_read(child)))
        before = token.type
    return "\n".join(filter(None, lines))


def _is_read(token: Token) -> bool:
    return token.type not in {"image", "missing_image"}


def _line(token: Token) -> str:
    if token.type == "inline":
        return inline_text(token.children or ())
    if token.type in {"fence", "code_block"}:
        return token.content.strip()
    if token.type == "html_block":
        return strip_tags(token.content)
    return ""


def strip_tags(html: str) -> str:
    """Text of an HTML fragment, without scripts and styles."""
    return " ".join(unescape(nh3.clean(balance(html), tags=set())).split())
