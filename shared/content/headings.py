"""Headings: anchors that are unique and keep Chinese, the outline, and `[TOC]`."""

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from shared.content.allowed import names
from shared.content.plaintext import inline_text
from shared.content.renderers import Env, add_renderer
from shared.content.sanitise import OWN_ID
from shared.content.slugs import slugify

DEEPEST: Final = 6

# Ids that page templates use themselves; a heading of that name gets `section-` before its anchor.
PAGE_IDS: Final = names(
    """
    archive article comments content contents footer header main menu nav navigation page post
    q query search sidebar site tags theme title toc top
    """,
)
_is_comment: Final = re.compile(r"comment(?:-\d+)?").fullmatch


@dataclass(frozen=True)
class Heading:
    """One entry of a post's outline; `level` is the level in the HTML, `anchor` the id."""

    level: int
    text: str
    anchor: str


class _Anchors:
    """Hands out anchors, each once, in constant time."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, text: str) -> str:
        stem = slugify(text) or "section"
        stem = f"section-{stem}" if stem in PAGE_IDS or _is_comment(stem) else stem
        anchor, number = stem, self._next.get(stem, 1)
        while anchor in self._next:
            number += 1
            anchor = f"{stem}-{number}"
        self._next[stem] = number
        self._next.setdefault(anchor, 1)
        return anchor


def plug_headings(md: MarkdownIt) -> None:
    """Install the outline and `[TOC]`."""
    md.core.ruler.push("headings", _number_headings)
    md.core.ruler.push("contents", _place_contents)
    add_renderer(md, "contents", _render_contents)


def _number_headings(state: StateCore) -> None:
    """Shift levels, set anchors, note the outline in `env["toc"]`, drop headings without text."""
    anchors, outline, kept = _Anchors(), list[Heading](), list[Token]()
    offset, skip = state.env.get("heading_offset", 0), 0
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            inline = state.tokens[index + 1]
            if not inline.children:
                skip = 3
            else:
                level = min(DEEPEST, int(token.tag[1]) + offset)
                text = inline_text(inline.children)
                outline.append(Heading(level, text, anchors.take(text)))
                token.tag = state.tokens[index + 2].tag = f"h{level}"
                token.attrs["id"] = OWN_ID + outline[-1].anchor
        if skip:
            skip -= 1
        else:
            kept.append(token)
    state.tokens, state.env["toc"] = kept, tuple(outline)


def _place_contents(state: StateCore) -> None:
    """Turn the first paragraph that is only `[TOC]` into the table of contents."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "inline" and token.content.strip().upper() == "[TOC]":
            opener = tokens[index - 1]
            if opener.type == "paragraph_open" and opener.level == 0:
                tokens[index - 1 : index + 2] = [Token("contents", "", 0, block=True)]
                return


def _render_contents(_token: Token, env: Env) -> str:
    headings: tuple[Heading, ...] = env["toc"]
    if not headings:
        return ""
    label = escape(env["wording"].contents)
    return f'<nav class="toc" aria-label="{label}">\n{_nest(headings)}</nav>\n'


def _nest(headings: tuple[Heading, ...]) -> str:
    """Write nested lists; a level that is skipped opens no list of its own."""
    parts: list[str] = []
    open_levels: list[int] = []
    for heading in headings:
        while len(open_levels) > 1 and heading.level <= open_levels[-2]:
            parts.append("</li></ol>")
            open_levels.pop()
        if not open_levels or heading.level > open_levels[-1]:
            parts.append("<ol>")
            open_levels.append(heading.level)
        else:
            parts.append("</li>")
            open_levels[-1] = heading.level
        parts.append(f'<li><a href="#{escape(heading.anchor)}">{escape(heading.text)}</a>')
    parts.append("</li></ol>" * len(open_levels))
    return "".join(parts) + "\n"
