"""Code with its colours as classes, and the stylesheet that gives the classes their colours."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

# Longer code is shown plain: some lexers take quadratic time on long runs.
MAX_CHARACTERS: Final = 60_000
MAX_LINE: Final = 2_000

TOKEN_CLASSES: Final = frozenset(name for name in STANDARD_TYPES.values() if name)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9+#._\-]{0,30}", re.IGNORECASE)


def is_language_class(tag: str, name: str) -> bool:
    """Whether `name` is the class that says which language a code element holds."""
    return tag == "code" and name.startswith("language-") and bool(_NAME.fullmatch(name[9:]))


def language_of(info: str) -> str:
    """Name the language of a fence's info string in lower case, or nothing."""
    word = info.split(maxsplit=1)[0] if info.strip() else ""
    found = _NAME.match(word.strip("{}.").lower())
    return found[0] if found else ""


def highlight(code: str, language: str) -> str:
    """Escape `code`, with spans of Pygments' short classes where the language is known."""
    lexer = _find_lexer(language) if language else None
    if lexer is None or len(code) > MAX_CHARACTERS or _has_long_line(code):
        return escape(code, quote=False)
    return "".join(_spans(lexer().get_tokens_unprocessed(code)))


def _has_long_line(code: str) -> bool:
    return len(code) > MAX_LINE and max(map(len, code.split("\n"))) > MAX_LINE


@lru_cache(maxsize=512)
def _find_lexer(language: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return None


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
        kind = kind.parent  # type: ignore[attr-defined]
    return STANDARD_TYPES[kind]  # type: ignore[index]


def _wrap(text: str, name: str) -> str:
    inner = escape(text, quote=False)
    return f'<span class="{name}">{inner}</span>' if name and not text.isspace() else inner
