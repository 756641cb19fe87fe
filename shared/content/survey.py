"""What stands in a Markdown text and on which line: its images, links and headings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from markdown_it.token import Token

from shared.content.parser import FULL
from shared.content.plaintext import inline_text
from shared.content.tags import read_attributes, tag_pattern
from shared.content.wording import find_wording

_IMAGE: Final = tag_pattern("img")
BREAKS: Final = frozenset({"softbreak", "hardbreak"})


class Image(NamedTuple):
    """An image; `alt` is None where nothing says what it shows, empty where it is decoration."""

    line: int
    address: str
    alt: str | None


class Link(NamedTuple):
    """A link with the words that it has."""

    line: int
    address: str
    text: str


class Head(NamedTuple):
    """A heading as it is written: 1 for `#`."""

    line: int
    level: int
    text: str


@dataclass(frozen=True)
class Survey:
    """Everything that checks look at, each in the order of the text; lines count from 1."""

    images: Sequence[Image]
    links: Sequence[Link]
    headings: Sequence[Head]


def survey(source: str) -> Survey:
    """Read a Markdown text as rendering does."""
    env: dict[str, Any] = {"wording": find_wording(source), "heading_offset": 0}
    tokens = FULL.parse(source, env)
    found = list(_walk(tokens))
    return Survey(
        [item for item in found if isinstance(item, Image)],
        [item for item in found if isinstance(item, Link)],
        [item for item in found if isinstance(item, Head)],
    )


def _walk(tokens: Sequence[Token]) -> Iterator[Image | Link | Head]:
    line = 1
    for index, token in enumerate(tokens):
        if token.map:
            line = token.map[0] + 1
        if token.type == "heading_open":
            inline = tokens[index + 1]
            yield Head(line, int(token.tag[1]), inline_text(inline.children or []))
        elif token.type == "html_block":
            yield from _raw_images(token.content, line)
        elif token.type == "inline":
            yield from _walk_inline(token.children or [], line)


def _walk_inline(children: Sequence[Token], line: int) -> Iterator[Image | Link]:
    for index, child in enumerate(children):
        if child.type in BREAKS:
            line += 1
        elif child.type == "image":
            alt = child.content.strip()
            yield Image(line, str(child.attrs.get("src", "")), alt or None)
        elif child.type == "missing_image":
            yield Image(line, str(child.meta["source"]), child.content.strip() or None)
        elif child.type == "html_inline":
            yield from _raw_images(child.content, line)
        elif child.type == "link_open":
            inner = _inner(children, index)
            yield Link(line, str(child.attrs.get("href", "")), inline_text(inner).strip())


def _inner(children: Sequence[Token], start: int) -> list[Token]:
    end = next(
        (place for place in range(start, len(children)) if children[place].type == "link_close"),
        len(children),
    )
    return list(children[start + 1 : end])


def _raw_images(html: str, line: int) -> Iterator[Image]:
    for match in _IMAGE.finditer(html):
        attributes = read_attributes(match[2])
        alt = attributes["alt"].strip() if "alt" in attributes else None
        yield Image(line + html[: match.start()].count("\n"), attributes.get("src", ""), alt)
