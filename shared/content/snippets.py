"""The passage of a text that answers a search, with what was found marked."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from shared.content.excerpt import excerpt
from shared.content.scripts import is_unspaced, width
from shared.content.tokens import Term, query_terms

_SEARCHED: Final = 200_000
_MATCHES: Final = 500
_SHORTEST_STEM: Final = 3
_LEAD: Final = 0.3  # part of the width shown before the first match

_ENDINGS: Final = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y")


def snippet(text: str, query: str, *, width: int = 160) -> str:
    """Return escaped HTML of at most `width` columns around the best passage, matches in <mark>."""
    flat = " ".join(text[:_SEARCHED].split())
    pattern = _pattern(query_terms(query))
    spans = _find(pattern, flat) if pattern else []
    if not spans:
        return escape(excerpt(flat, limit=width), quote=False)
    first = _best(flat, spans, width)
    start, end = _window(flat, spans[first], width)
    return _mark(flat, start, end, spans[first:])


def _pattern(terms: Sequence[Term]) -> re.Pattern[str] | None:
    alternatives = [re.escape(_cjk_text(term)) for term in terms if _is_cjk(term)]
    alternatives += [
        rf"(?<![^\W_]){_stem(token)}[^\W_]{{0,30}}"
        for term in terms
        if not _is_cjk(term)
        for token in term.tokens
    ]
    # The longest first, so that of two words that begin alike the longer is marked whole.
    alternatives.sort(key=len, reverse=True)
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else None


def _is_cjk(term: Term) -> bool:
    return all(is_unspaced(token[0]) or token[0] >= "\u1100" for token in term.tokens)


def _cjk_text(term: Term) -> str:
    """Put overlapping pairs together again."""
    return term.tokens[0] + "".join(token[-1] for token in term.tokens[1:])


def _stem(word: str) -> str:
    """Cut a common English ending, so that `posting` also marks `posts`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return re.escape(word.removesuffix(ending))
    return re.escape(word)


def _find(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        spans.append(match.span())
        if len(spans) == _MATCHES:
            break
    return spans


def _best(text: str, spans: Sequence[tuple[int, int]], columns: int) -> int:
    """Index of the match at which a window shows the most different words, then the most."""
    reach = columns if text.isascii() else columns // 2

    def score(index: int) -> tuple[int, int]:
        inside: list[str] = []
        for start, end in spans[index : index + 20]:
            if end > spans[index][0] + reach:
                break
            inside.append(text[start:end].lower())
        return len({word[:4] for word in inside}), len(inside)

    return max(range(len(spans)), key=lambda index: (*score(index), -index))


def _window(text: str, span: tuple[int, int], columns: int) -> tuple[int, int]:
    """Reach back a little from the match, then forward as far as the width allows."""
    start, room = span[0], columns * _LEAD
    while start and room > 0:
        start -= 1
        room -= width(text[start])
    start = _word_start(text, start, span[0])
    end, room = start, columns
    while end < len(text) and room >= width(text[end]):
        room -= width(text[end])
        end += 1
    return start, max(_word_end(text, end, span[1]), min(span[1], start + columns))


def _word_start(text: str, start: int, limit: int) -> int:
    """Move forward to where a word begins."""
    while 0 < start < limit and not _is_border(text, start):
        start += 1
    return start


def _word_end(text: str, end: int, limit: int) -> int:
    """Move back to where a word ends."""
    while limit < end < len(text) and not _is_border(text, end):
        end -= 1
    return end


def _is_border(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    return " " in (before, after) or is_unspaced(before) or is_unspaced(after)


def _mark(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    parts, position = ["…" if start else ""], start
    for left, right in spans:
        if right > end:
            break
        parts += [escape(text[position:left], quote=False)]
        parts += [f"<mark>{escape(text[left:right], quote=False)}</mark>"]
        position = right
    parts += [escape(text[position:end], quote=False), "…" if end < len(text) else ""]
    return "".join(parts).strip()
