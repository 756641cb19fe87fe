"""Which line of the source a block came from: said in previews, so that they scroll along."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from shared.content.sanitise import OWN_ID

ATTRIBUTE: Final = "data-line"


def plug_source_lines(md: MarkdownIt) -> None:
    """Install the rule, which does nothing unless `env["source_lines"]` asks for it."""
    md.core.ruler.push("source_lines", _say_lines)


def _say_lines(state: StateCore) -> None:
    if not state.env.get("source_lines"):
        return
    for token in state.tokens:
        if token.map is not None and token.nesting >= 0 and token.type != "inline":
            token.attrs[ATTRIBUTE] = f"{OWN_ID}{token.map[0] + 1}"
