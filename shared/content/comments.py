"""A visitor's comment: a small part of Markdown, without pictures, headings or HTML of its own."""

from typing import Final

import nh3
from markdown_it import MarkdownIt

from shared.content.bare_links import plug_bare_links
from shared.content.chinese import plug_chinese

TAGS: Final = frozenset(
    {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "s", "strong", "ul"}
)


def _make() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"breaks": True})
    plug_chinese(md)
    md.enable("strikethrough")
    md.disable(
        ["heading", "lheading", "hr", "html_block", "html_inline", "image", "reference"],
    )
    plug_bare_links(md)
    return md


_MARKDOWN: Final = _make()
_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    link_rel="nofollow ugc noopener noreferrer",
    url_schemes={"http", "https", "mailto"},
)


def render_comment(source: str) -> str:
    """Return the safe HTML of a comment."""
    return _CLEANER.clean(_MARKDOWN.render(source))


def count_links(html: str) -> int:
    """Return how many links the HTML of a comment has."""
    return html.count("<a ")
