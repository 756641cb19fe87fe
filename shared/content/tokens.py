"""Search tokens: one way to cut text and query, for SQLite and PostgreSQL alike.

Latin words in lower case without accents, Chinese, Japanese and Korean as pairs of neighbouring
characters. Tokens are letters and digits only, so that no tokenizer of a database cuts them again.

The caller stores `index_tokens(text)` and does nothing else to it:
- SQLite: FTS5 with `tokenize = 'porter unicode61'`, queried by `MATCH fts5_match(terms)`;
- PostgreSQL: `to_tsvector('english', tokens)`, queried by `to_tsquery('english', tsquery(terms))`.
  Positions there stop at 16,383, so a phrase only asks for all its pairs; where a term's kind is
  "phrase", also require the column of tokens to hold it: `' ' || tokens || ' ' LIKE term.like`.

Both stem English (pairs of Chinese characters pass through unchanged). PostgreSQL drops English
stop words, SQLite keeps them; therefore a query loses them here unless it has nothing else.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from shared.content.allowed import names
from shared.content.scripts import BOPOMOFO, HAN, HANGUL, KANA

MAX_QUERY: Final = 200
MAX_TERMS: Final = 12
MAX_TOKEN: Final = 64

_CJK: Final = f"{HAN}{KANA}{HANGUL}{BOPOMOFO}"
_RUN: Final = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<word>(?:(?![{_CJK}])[^\W_])+)")
_IS_CJK: Final = re.compile(f"[{_CJK}]")
_QUOTED: Final = re.compile(r'"([^"]*)"?|([^"]+)')
_QUOTES: Final = str.maketrans("“”„‟＂", '"""""')
# Names whose sign carries the meaning.
_SIGNED: Final = re.compile(r"(?<![^\W_])(?:(c|g)\+\+|(c|f)#(?!\w)|(\.net)\b)", re.ASCII)
_STOP_WORDS: Final = names(
    """
    a about above after again against all am an and any are as at be because been before being
    below between both but by can did do does doing don down during each few for from further had
    has have having he her here hers herself him himself his how i if in into is it its itself just
    me more most my myself no nor not now of off on once only or other our ours ourselves out over
    own s same she should so some such t than that the their theirs them themselves then there these
    they this those through to too under until up very was we were what when where which while who
    whom why will with you your yours yourself yourselves
    """,
)


@dataclass(frozen=True)
class Term:
    """One thing to find: a word, a phrase of tokens in a row, or one single character."""

    kind: Literal["word", "phrase", "single"]
    tokens: tuple[str, ...]

    @property
    def like(self) -> str:
        """Pattern for LIKE that finds the tokens in a row in a column of tokens."""
        return f"% {' '.join(self.tokens)} %"


def index_tokens(text: str, *, singles: bool = False) -> str:
    """Cut text into tokens separated by spaces; `singles` adds each character, for titles."""
    folded = _fold(text)
    tokens = [token for run in _RUN.finditer(folded) for token in _cut(run)]
    if singles:
        tokens += dict.fromkeys(_IS_CJK.findall(folded))
    return " ".join(tokens)


def query_terms(query: str) -> list[Term]:
    """Cut what a visitor typed into at most 12 terms; double quotes hold a phrase together."""
    terms: dict[Term, None] = {}
    for match in _QUOTED.finditer(query[:MAX_QUERY].translate(_QUOTES)):
        terms |= dict.fromkeys(_phrase(match[1]) if match[2] is None else _plain(match[2]))
    telling = [term for term in terms if not _is_stop_word(term)]
    return (telling or list(terms))[:MAX_TERMS]


def fts5_match(terms: Sequence[Term]) -> str:
    """Write an FTS5 query that needs every term, the last Latin word as a beginning."""
    return " AND ".join(
        f'"{" ".join(term.tokens)}"' + ("*" if term is _open_ended(terms) else "") for term in terms
    )


def tsquery(terms: Sequence[Term]) -> str:
    """Write a query for `to_tsquery` that needs every token, the last Latin word as a beginning."""
    return " & ".join(
        f"'{token}'" + (":*" if term is _open_ended(terms) else "")
        for term in terms
        for token in term.tokens
    )


def _fold(text: str) -> str:
    """Lower case, full width to half, no accents, signs of programming languages as words."""
    lower = unicodedata.normalize("NFKC", text).lower()
    if not lower.isascii():
        apart = unicodedata.normalize("NFKD", lower)
        bare = re.sub("[\u0300-\u036f]", "", apart)
        lower = unicodedata.normalize("NFC", bare)
    return _SIGNED.sub(_spell, lower)


def _spell(match: re.Match[str]) -> str:
    plus, sharp, _ = match.groups()
    if plus:
        return f"{plus}plusplus"
    return f"{sharp}sharp" if sharp else " dotnet"


def _cut(run: re.Match[str]) -> Iterator[str]:
    if word := run["word"]:
        yield word[:MAX_TOKEN]
        return
    text = run["cjk"]
    if len(text) == 1:
        yield text
    for left, right in pairwise(text):
        yield left + right


def _plain(text: str) -> Iterator[Term]:
    for run in _RUN.finditer(_fold(text)):
        tokens = tuple(_cut(run))
        if run["word"]:
            yield Term("word", tokens)
        elif len(run["cjk"]) == 1:
            yield Term("single", tokens)
        else:
            yield Term("phrase" if len(tokens) > 1 else "word", tokens)


def _phrase(text: str) -> Iterator[Term]:
    tokens = tuple(index_tokens(text).split())
    if len(tokens) > 1:
        yield Term("phrase", tokens)
    else:
        yield from _plain(text)


def _is_stop_word(term: Term) -> bool:
    return term.kind == "word" and term.tokens[0] in _STOP_WORDS


def _open_ended(terms: Sequence[Term]) -> Term | None:
    """Return the last term if it is a Latin word that the visitor may still be typing."""
    last = terms[-1] if terms else None
    is_word = last is not None and last.kind == "word" and not _IS_CJK.match(last.tokens[0])
    return last if is_word else None
