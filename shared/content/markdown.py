"""Markdown to safe HTML: what the site, the preview, the feeds and the API all show."""

from dataclasses import dataclass
from typing import Any, Final

from shared.content.finish import finish
from shared.content.headings import Heading
from shared.content.nesting import balance, needs_balance
from shared.content.parser import FULL
from shared.content.plaintext import plain_text, prose
from shared.content.sanitise import sanitise
from shared.content.scripts import count_words
from shared.content.wording import find_wording
from shared.saying import say

__all__ = ["MAX_BYTES", "RENDERER_VERSION", "ContentTooLarge", "Heading", "Rendered", "render"]

# Stored beside the HTML; raise it whenever the same source would render differently.
RENDERER_VERSION: Final = 2
MAX_BYTES: Final = 2_000_000


class ContentTooLarge(ValueError):
    """A source longer than rendering accepts; the message names the limit."""


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, the outline, the plain text, and the count of words (Chinese by characters).

    `prose` is the text of the paragraphs alone, or all of it where there is none.
    """

    html: str
    toc: tuple[Heading, ...]
    text: str
    prose: str
    words: int


def render(source: str, *, heading_offset: int = 0, source_lines: bool = False) -> Rendered:
    """Render Markdown; a heading offset of 1 makes `#` an h2. Raises ContentTooLarge.

    With `source_lines` blocks say in `data-line` where they began.
    """
    data = source.encode(errors="replace")  # lone surrogates become question marks
    if len(data) > MAX_BYTES:
        raise ContentTooLarge(
            say(
                "The text has %(size)s bytes; at most %(most)s are allowed.",
                size=f"{len(data):,}",
                most=f"{MAX_BYTES:,}",
            )
        )
    source = data.decode()
    wording = find_wording(source)
    env: dict[str, Any] = {
        "wording": wording,
        "heading_offset": heading_offset,
        "source_lines": source_lines,
    }
    tokens = FULL.parse(source, env)
    html = FULL.renderer.render(tokens, FULL.options, env)
    if needs_balance(tokens):
        html = balance(html)
    text = plain_text(tokens)
    return Rendered(
        html=finish(sanitise(html), wording),
        toc=env["toc"],
        text=text,
        prose=prose(tokens) or text,
        words=count_words(text),
    )
