"""Footnotes: numbered in order of first use, with unique anchors and labelled ways back."""

import re
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from shared.content.renderers import Env, add_renderer
from shared.content.sanitise import OWN_ID

_REFERENCE: Final = re.compile(r"\[\^[^\]\s]{1,200}\]")


def plug_footnotes(md: MarkdownIt) -> None:
    """Install the plugin with renderers of our own."""
    footnote_plugin(md, inline=False)
    md.inline.ruler.at("footnote_ref", _find_reference)
    add_renderer(md, "footnote_ref", _render_reference)
    add_renderer(md, "footnote_block_open", _open_notes)
    add_renderer(md, "footnote_block_close", _close_notes)
    add_renderer(md, "footnote_open", _open_note)
    add_renderer(md, "footnote_anchor", _render_way_back)


def _find_reference(state: StateInline, silent: bool) -> bool:
    """Look at most 200 characters ahead; the plugin's own search is quadratic on `[^[^[^`."""
    if state.src[state.pos] != "[" or not _REFERENCE.match(state.src, state.pos):
        return False
    return bool(footnote_ref(state, silent))


def _name(meta: dict[str, int]) -> str:
    """Name one reference: 3, or 3-2 for the second reference to note 3."""
    number, again = meta["id"] + 1, meta.get("subId", 0)
    return f"{number}-{again + 1}" if again else str(number)


def _render_reference(token: Token, env: Env) -> str:
    meta = token.meta
    number, label = meta["id"] + 1, escape(env["wording"].footnote.format(meta["id"] + 1))
    return (
        f'<sup class="footnote-ref"><a href="#fn_{number}" id="{OWN_ID}fnref_{_name(meta)}"'
        f' role="doc-noteref" aria-label="{label}">{number}</a></sup>'
    )


def _open_notes(_token: Token, env: Env) -> str:
    label = escape(env["wording"].footnotes)
    return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}">\n<ol>\n'


def _close_notes(_token: Token, _env: Env) -> str:
    return "</ol>\n</section>\n"


def _open_note(token: Token, _env: Env) -> str:
    return f'<li id="{OWN_ID}fn_{token.meta["id"] + 1}">'


def _render_way_back(token: Token, env: Env) -> str:
    name = _name(token.meta)
    label = escape(env["wording"].back.format(name))
    return (
        f' <a href="#fnref_{name}" class="footnote-back" role="doc-backlink"'
        f' aria-label="{label}">↩\ufe0e</a>'
    )
