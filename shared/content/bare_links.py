"""Addresses written without brackets become links, and stop where the address does.

In Chinese text nothing but full-width punctuation or a plain character stands after an address:
`http://127.0.0.1:5000，此时` must not swallow the comma, nor `http://x.org即可` the words. A host
is therefore ASCII; Chinese letters may stand in the path, as they do in this site's URLs.
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from shared.content.scripts import HAN, KANA

_ADDRESS: Final = re.compile(
    rf"""(?<![A-Za-z0-9_./@\-])(?:https?://|www\.(?=[a-z0-9]))
    [a-z0-9](?:[a-z0-9.\-]{{0,252}}[a-z0-9])?(?::[0-9]{{1,5}})?
    (?:[/?\#][A-Za-z0-9{HAN}{KANA}\-._~:/?\#\[\]@!$&'()*+,;=%]{{0,2000}})?""",
    re.VERBOSE | re.IGNORECASE,
)
_TRAILING: Final = "?!.,:;*_~'"


def plug_bare_links(md: MarkdownIt) -> None:
    """Install the rule, after everything inline has been found."""
    md.core.ruler.push("bare_links", _link_addresses)


def _link_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and _may_hold_address(token.content):
            token.children = list(_walk(token.children, state.md))


def _may_hold_address(text: str) -> bool:
    lower = text.lower()
    return "://" in lower or "www." in lower


def _walk(children: list[Token], md: MarkdownIt) -> Iterator[Token]:
    depth = 0
    for token in children:
        if token.type in {"link_open", "link_close"}:
            depth += token.nesting
        elif token.type == "html_inline":
            depth += _anchor_step(token.content)
        if token.type == "text" and depth <= 0 and _may_hold_address(token.content):
            yield from _split(token, md)
        else:
            yield token


def _anchor_step(tag: str) -> int:
    if re.match(r"</a\s*>", tag, re.IGNORECASE):
        return -1
    return 1 if re.match(r"<a[\s>]", tag, re.IGNORECASE) else 0


def _split(token: Token, md: MarkdownIt) -> Iterator[Token]:
    text, position = token.content, 0
    for match in _ADDRESS.finditer(text):
        address = _trim(match[0])
        if match.start() > position:
            yield _text(text[position : match.start()], token.level)
        yield from _link(address, token.level, md)
        position = match.start() + len(address)
    if position < len(text):
        yield _text(text[position:], token.level)


def _trim(address: str) -> str:
    """Leave out punctuation that ends the sentence, and a bracket that was opened before."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        if address[end - 1] in _TRAILING:
            end -= 1
        elif address[end - 1] == ")" and surplus > 0:
            end, surplus = end - 1, surplus - 1
        else:
            break
    return address[:end]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def _link(address: str, level: int, md: MarkdownIt) -> Iterator[Token]:
    target = md.normalizeLink(address if "://" in address else f"http://{address}")
    yield Token(
        "link_open",
        "a",
        1,
        attrs={"href": target},
        level=level,
        markup="linkify",
    )
    yield _text(address, level + 1)
    yield Token("link_close", "a", -1, level=level, markup="linkify")
