"""Two things CommonMark gets wrong for Chinese: emphasis beside punctuation, and soft breaks.

`**重点：**请注意` stays literal by the letter of CommonMark, since a closing mark after punctuation
must be followed by a space and Chinese has none. Here Chinese punctuation counts as a letter, and a
Chinese neighbour counts as a space. A line break inside a Chinese sentence shows no space.
"""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from shared.content.scripts import is_unspaced

_STRIKE: Final = 2


def plug_chinese(md: MarkdownIt) -> None:
    """Install both rules."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("strikethrough", _strikethrough)
    md.core.ruler.after("inline", "chinese_breaks", _close_breaks)


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    length = _run_length(state)
    opens, closes = _flanks(state, length, inside_words=marker == "*")
    for _ in range(length):
        _delimit(state, marker, length, opens=opens, closes=closes)
    state.pos += length
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "~":
        return False
    length = _run_length(state)
    if length == _STRIKE:
        opens, closes = _flanks(state, length, inside_words=True)
        _delimit(state, "~~", 0, opens=opens, closes=closes)
    else:
        state.pending += "~" * length
    state.pos += length
    return True


def _run_length(state: StateInline) -> int:
    marker, end = state.src[state.pos], state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    return end - state.pos


def _flanks(state: StateInline, length: int, *, inside_words: bool) -> tuple[bool, bool]:
    """Say whether a run may open and may close emphasis, by its neighbours (CommonMark 6.2)."""
    end = state.pos + length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    spaced_before, spaced_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    wide_before, wide_after = is_unspaced(before), is_unspaced(after)
    left = not spaced_after and (
        not mark_after or wide_after or spaced_before or mark_before or wide_before
    )
    right = not spaced_before and (
        not mark_before or wide_before or spaced_after or mark_after or wide_after
    )
    return (
        left and (inside_words or not right or mark_before),
        right and (inside_words or not left or mark_after),
    )


def _is_mark(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _delimit(state: StateInline, text: str, length: int, *, opens: bool, closes: bool) -> None:
    token = state.push("text", "", 0)
    token.content = text
    index = len(state.tokens) - 1
    state.delimiters.append(
        Delimiter(
            marker=ord(text[0]), length=length, token=index, end=-1, open=opens, close=closes
        ),
    )


def _close_breaks(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and "\n" in token.content:
            token.children = _without_wide_breaks(token.children)


def _without_wide_breaks(children: list[Token]) -> list[Token]:
    return [
        child
        for index, child in enumerate(children)
        if child.type != "softbreak"
        or not (_neighbour_is_wide(children, index, -1) and _neighbour_is_wide(children, index, 1))
    ]


def _neighbour_is_wide(children: list[Token], index: int, step: int) -> bool:
    """Look past the tags of emphasis and links for the nearest character in one direction."""
    index += step
    while 0 <= index < len(children):
        token = children[index]
        if token.content and token.type in {"text", "code_inline", "text_special"}:
            return is_unspaced(token.content[-1] if step < 0 else token.content[0])
        if token.nesting == 0 and token.type != "text":
            return False
        index += step
    return False
