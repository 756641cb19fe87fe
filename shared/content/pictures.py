r"""Images: captions, and pictures that never came along (`E:\photos\x.png`, `file:`).

A post written in a desktop editor names pictures by their place on the writer's disk. Such a
picture is shown as missing, by its alternative text or its file's name.
"""

import re
from html import escape
from typing import Final
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from shared.content.renderers import Env, add_renderer
from shared.content.sanitise import is_safe_url
from shared.content.tags import edit_tags, tag_pattern, write_tag
from shared.content.wording import Wording

# Read before CommonMark sees it, which would take `\_` for an escape and stop at a space.
_DISK_IMAGE: Final = re.compile(
    r"""!\[(?P<alt>[^\[\]\n]{0,1000})\]\(\s{0,9}<?
    (?P<source>(?:[A-Za-z]:[\\/]|\\\\|file:)(?:[^()<>\n"]|\([^()<>\n"]{0,200}\)){0,1000}?)
    >?(?:\s{1,9}"[^"\n]{0,1000}")?\s{0,9}\)""",
    re.VERBOSE | re.IGNORECASE,
)
_ON_DISK: Final = re.compile(
    r"\s*(?:[A-Za-z]:[\\/]|[A-Za-z]:%5C|file:)|(?!https?:).*(?:\\|%5C)", re.IGNORECASE
)

_RAW_IMAGE: Final = tag_pattern("img")


def plug_pictures(md: MarkdownIt) -> None:
    """Install the rules; which addresses are safe is decided later, once for all kinds."""
    # Assigning is how markdown-it itself asks for other link rules.
    md.validateLink = _accept  # type: ignore[method-assign]  # see above
    md.inline.ruler.before("image", "disk_image", _find_disk_image)
    md.core.ruler.push("missing_images", _find_missing)
    md.core.ruler.push("raw_images", _name_raw_images)
    md.core.ruler.push("figures", _make_figures)
    add_renderer(md, "missing_image", _render_missing)
    add_renderer(md, "caption", _render_caption)


def is_missing(source: str) -> bool:
    """Whether an image's address can never be loaded from a web page."""
    return not source.strip() or bool(_ON_DISK.match(source)) or not is_safe_url(source)


def missing_image(alt: str, source: str, wording: Wording) -> str:
    """HTML that stands for a picture that is not there."""
    label = escape(alt.strip() or _file_name(source) or wording.image)
    return f'<span class="missing-image" role="img" aria-label="{label}">{label}</span>'


def _file_name(source: str) -> str:
    """Last part of a path on some disk; other addresses that cannot load have no name to show."""
    return re.split(r"[\\/]", unquote(source).rstrip("\\/ "))[-1] if _ON_DISK.match(source) else ""


def _accept(url: str) -> bool:  # noqa: ARG001 - the name is part of markdown-it's interface
    return True


def _find_disk_image(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "!":
        return False
    match = _DISK_IMAGE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _push_missing(state, match["alt"], match["source"])
    state.pos = match.end()
    return True


def _push_missing(state: StateInline, alt: str, source: str) -> None:
    token = state.push("missing_image", "", 0)
    token.content, token.meta = alt, {"source": source}


def _find_missing(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "image" and is_missing(source := str(child.attrs.get("src", ""))):
                child.type, child.meta = "missing_image", {"source": source}


def _name_raw_images(state: StateCore) -> None:
    """Keep the file's name of a raw `<img>` on a disk, whose address sanitising will drop."""
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            if part.type in {"html_block", "html_inline"}:
                part.content = edit_tags(part.content, _RAW_IMAGE, _name_raw_image)


def _name_raw_image(name: str, attributes: dict[str, str]) -> str | None:
    source = attributes.get("src", "")
    if not _ON_DISK.match(source):
        return None
    alt = attributes.get("alt", "").strip() or _file_name(source)
    return write_tag(name, attributes | {"alt": alt, "src": ""})


def _make_figures(state: StateCore) -> None:
    """An image with a title, alone in its paragraph, becomes a figure with a caption."""
    for index, token in enumerate(state.tokens):
        children = token.children or []
        if (
            len(children) == 1
            and children[0].type == "image"
            and children[0].attrs.get("title")
            and state.tokens[index - 1].type == "paragraph_open"
        ):
            opener, closer = state.tokens[index - 1], state.tokens[index + 1]
            opener.tag = closer.tag = "figure"
            opener.hidden = closer.hidden = False
            children.append(Token("caption", "", 0, content=str(children[0].attrs.pop("title"))))


def _render_missing(token: Token, env: Env) -> str:
    return missing_image(token.content, token.meta["source"], env["wording"])


def _render_caption(token: Token, _env: Env) -> str:
    return f"<figcaption>{escape(token.content)}</figcaption>"
