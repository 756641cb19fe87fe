"""Code with its colours as classes, and the stylesheet that gives the classes their colours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from markdown_it.common.utils import escapeHtml, unescapeAll
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from shared.content.allowed import names

# Many lexers take quadratic time on runs that no program has. Code with such a run, or longer than
# this, is shown plain, and only languages whose lexers were tried on hostile text are coloured.
MAX_CHARACTERS: Final = 60_000
MAX_PER_DOCUMENT: Final = 200_000
MAX_LINE: Final = 600
MAX_RUN: Final = 600  # letters, digits and blanks without any sign between them
LANGUAGES: Final = names(
    """
    ada apache asm awk bash bat c clojure cmake cobol console cpp crystal csharp css d dart diff
    django docker elixir erb erlang fish fortran fsharp go graphql groovy haml handlebars haskell
    html http ini java javascript jinja js json json5 jsx julia kotlin latex less liquid lisp llvm
    lua make markdown matlab mysql nasm nginx nim objective-c ocaml pascal perl php postgresql
    powershell properties protobuf pycon python python2 r restructuredtext ruby rust sass scala
    scheme scss solidity sql sqlite3 swift terraform tex toml ts tsx twig typescript vb.net vim vue
    xml yaml zig zsh
    """,
)


@dataclass(frozen=True)
class Theme:
    """A style of Pygments, and the background that its colours are legible on."""

    style: str
    background: str
    text: str


LIGHT: Final = Theme("xcode", "#f8f8f8", "#1f1f1f")
DARK: Final = Theme("lightbulb", "#171b26", "#e6e6e6")

_RUN: Final = re.compile(r"[\w\s]+")

TOKEN_CLASSES: Final = frozenset(name for name in STANDARD_TYPES.values() if name)


def is_language_class(tag: str, name: str) -> bool:
    """Whether `name` is the class that says which language a code element holds."""
    return tag == "code" and name.startswith("language-")


def language_of(info: str) -> str:
    """Name the language of a fence's info string in lower case, or nothing."""
    words = unescapeAll(info).split(maxsplit=1)
    return words[0].strip("{}.").lower() if words else ""


def highlight(code: str, language: str) -> str:
    """Escape `code`, with spans of Pygments' short classes where the language is known."""
    lexer = _find_lexer(language) if language else None
    if lexer is None or len(code) > MAX_CHARACTERS or _is_hostile(code):
        return escapeHtml(code)
    return "".join(_spans(lexer().get_tokens_unprocessed(code)))


def _is_hostile(code: str) -> bool:
    """Whether the code holds a line or a run of words that a lexer may choke on."""
    if len(code) <= MAX_LINE:
        return False
    longest = max(map(len, code.split("\n")))
    return longest > MAX_LINE or any(len(run) > MAX_RUN for run in _RUN.findall(code))


@lru_cache(maxsize=512)
def _find_lexer(language: str) -> type[Lexer] | None:
    try:
        lexer = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    return lexer if LANGUAGES.intersection(lexer.aliases) else None


def _spans(tokens: Iterable[tuple[int, object, str]]) -> Iterable[str]:
    """Join neighbours of one class and wrap what has a class."""
    current, held = "", ""
    for _, kind, text in tokens:
        name = _class_of(kind)
        if name == current:
            held += text
            continue
        if held:
            yield _wrap(held, current)
        current, held = name, text
    if held:
        yield _wrap(held, current)


def _class_of(kind: object) -> str:
    while kind not in STANDARD_TYPES:
        kind = kind.parent  # type: ignore[attr-defined]  # a Pygments token
    return STANDARD_TYPES[kind]  # type: ignore[index]  # a Pygments token


def _wrap(text: str, name: str) -> str:
    inner = escapeHtml(text)
    return f'<span class="{name}">{inner}</span>' if name and not text.isspace() else inner


def highlight_css(dark: bool) -> str:
    """Write the rules for Pygments' classes; every colour has a contrast of at least 4.5 to 1."""
    theme = DARK if dark else LIGHT
    style = get_style_by_name(theme.style)
    rules: dict[str, list[str]] = {}
    for kind, look in style:
        name = STANDARD_TYPES.get(kind)
        if name and (declarations := _declare(look)):
            rules.setdefault(declarations, []).append(f".{name}")
    lines = [f"pre {{ background: {theme.background}; color: {theme.text}; }}"]
    lines += [f"pre code :is({', '.join(names)}) {{ {look} }}" for look, names in rules.items()]
    return "\n".join(lines) + "\n"


def _declare(look: Any) -> str:
    """Colour, weight and slant only; backgrounds of tokens would need contrasts of theirs."""
    parts = [f"color: #{look['color']};"] if look["color"] else []
    parts += ["font-weight: bold;"] if look["bold"] else []
    parts += ["font-style: italic;"] if look["italic"] else []
    return " ".join(parts)
