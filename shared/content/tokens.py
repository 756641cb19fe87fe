"""Cutting text and queries into search tokens: Latin words, and pairs of Chinese characters.

One cut for both sides and both databases. SQLite indexes the tokens with `porter unicode61`;
PostgreSQL takes ASCII tokens through its `english` configuration and all others as they are.
"""

import re
import unicodedata
from dataclasses import dataclass

MAX_QUERY, MAX_TERMS = 200, 12
_HAN = (
    r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
)
_PIECE = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_QUOTED = re.compile(r'["“”]([^"“”]+)["“”]')


@dataclass(frozen=True)
class Term:
    """One thing to find: a `word`, a `phrase` of tokens in a row, or a `single` character."""

    kind: str
    tokens: tuple[str, ...]


def index_tokens(text: str, *, singles: bool = False) -> str:
    """Return the tokens of a text, joined by spaces; with `singles`, single characters too."""
    tokens: list[str] = []
    for piece in _pieces(text):
        if not _IS_HAN.match(piece):
            tokens.append(piece)
            continue
        tokens += _pairs(piece)
        if singles:
            tokens += [char for char in piece if len(piece) > 1]
    return " ".join(tokens)


def query_terms(query: str) -> list[Term]:
    """Return what a query asks for, at most 12 terms of its first 200 characters."""
    query = query[:MAX_QUERY]
    terms = [_phrase(quoted) for quoted in _QUOTED.findall(query)]
    terms += [_phrase(piece) for piece in _pieces(_QUOTED.sub(" ", query))]
    found = [term for term in dict.fromkeys(terms) if term.tokens]
    return found[:MAX_TERMS]


def fts5_match(terms: list[Term]) -> str:
    """Return the FTS5 query for terms; each is quoted, and the last word matches as a prefix."""
    parts = ['"' + " ".join(term.tokens) + '"' for term in terms]
    if terms and terms[-1].kind == "word":
        parts[-1] += "*"
    for number, term in enumerate(terms):
        if term.kind == "single":
            parts[number] = f"title : {parts[number]}"
    return " AND ".join(parts)


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(unicodedata.normalize("NFKC", text).lower())


def _pairs(piece: str) -> list[str]:
    if len(piece) == 1:
        return [piece]
    return [piece[at : at + 2] for at in range(len(piece) - 1)]


def _phrase(text: str) -> Term:
    tokens = tuple(index_tokens(text).split())
    if len(tokens) == 1 and len(tokens[0]) == 1 and _IS_HAN.match(tokens[0]):
        return Term("single", tokens)
    if len(tokens) == 1 and not _IS_HAN.match(tokens[0]):
        return Term("word", tokens)
    return Term("phrase", tokens)
