"""The two Markdown parsers: the CommonMark core, and the full one that pages are rendered with."""

from typing import Final

from markdown_it import MarkdownIt

from shared.content.bare_links import plug_bare_links
from shared.content.blocks import plug_blocks
from shared.content.chinese import plug_chinese
from shared.content.footnotes import plug_footnotes
from shared.content.headings import plug_headings
from shared.content.pictures import plug_pictures
from shared.content.source_lines import plug_source_lines


def make_core() -> MarkdownIt:
    """CommonMark, with emphasis and soft breaks that also suit Chinese."""
    md = MarkdownIt("commonmark")
    plug_chinese(md)
    return md


def make_full() -> MarkdownIt:
    """Everything a post may use, over the same core; its output still has to be sanitised."""
    md = make_core()
    md.enable(["table", "strikethrough"])
    plug_bare_links(md)
    plug_pictures(md)
    plug_footnotes(md)
    plug_blocks(md)
    plug_headings(md)
    plug_source_lines(md)
    return md


FULL: Final = make_full()
