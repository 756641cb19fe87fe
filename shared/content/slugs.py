"""Slugs: the readable part of a URL, in any script, that cannot be mistaken for another."""

import re
import unicodedata
from collections.abc import Callable, Collection
from itertools import count
from typing import Final

from shared.content.scripts import BLANKS
from shared.saying import Saying, say

MAX_BYTES: Final = 200
MAX_DEPTH: Final = 5
ALLOWED: Final = say(
    "lower-case letters of any script, digits, and single hyphens, dots or underscores between them"
)

_APOSTROPHES: Final = str.maketrans("", "", "'’ʼ＇")
_ALPHABETS: Final = ("LATIN", "CYRILLIC", "GREEK")
_JOINERS: Final = "-._"
_ROOM_FOR_NUMBER: Final = 12
AT_ONCE: Final = 1_000  # numbers looked up in one query


class SlugError(ValueError):
    """A slug that cannot stand in a URL; the message says what can."""

    def __init__(self, message: Saying) -> None:
        super().__init__(message)
        self.message = message


def slugify(text: str, *, limit: int = 80) -> str:
    """Make a slug of at most `limit` characters and 200 bytes, empty if nothing is left."""
    folded = _fold(text).translate(_APOSTROPHES)
    pieces: list[str] = []
    alphabet = ""
    for char in folded:
        kind = unicodedata.category(char)
        if kind == "Cf" or BLANKS.match(char):
            continue
        if kind[0] == "L" or kind == "Nd":
            found = _alphabet(char)
            if found and alphabet and found != alphabet:
                pieces.append("-")
            alphabet = found or alphabet
            pieces.append(char)
        elif kind[0] == "M" and pieces and pieces[-1] != "-":
            pieces.append(char)
        elif kind[0] != "M":
            pieces.append("-")
            alphabet = ""
    return _cut(re.sub("-+", "-", "".join(pieces)).strip("-"), limit)


def check_slug(slug: str, *, nested: bool = False, reserved: frozenset[str] = frozenset()) -> None:
    """Raise SlugError unless `slug` is one segment, or up to five with slashes when `nested`."""
    segments = slug.split("/") if nested else [slug]
    if len(segments) > MAX_DEPTH:
        raise SlugError(
            say(
                "At most %(most)s segments are allowed, this has %(count)s.",
                most=MAX_DEPTH,
                count=len(segments),
            )
        )
    for segment in segments:
        _check_segment(segment)
    if segments[0] in reserved:
        raise SlugError(
            say("“%(slug)s” is used by the site itself; choose another word.", slug=segments[0])
        )


def numbered(slug: str, taken: Callable[[str], bool]) -> str:
    """Return `slug` if it is free, else the first free one of slug-2, slug-3 and so on."""
    if not taken(slug):
        return slug
    stem = _stem(slug)
    return next(candidate for number in count(2) if not taken(candidate := f"{stem}-{number}"))


def first_free(slug: str, find_taken: Callable[[list[str]], Collection[str]]) -> str:
    """Return what `numbered` does, asking for many numbers at once."""
    if not find_taken([slug]):
        return slug
    stem = _stem(slug)
    for start in count(2, AT_ONCE):
        candidates = [f"{stem}-{number}" for number in range(start, start + AT_ONCE)]
        taken = find_taken(candidates)
        if free := next((slug for slug in candidates if slug not in taken), None):
            return free
    raise AssertionError  # numbers do not end


def _stem(slug: str) -> str:
    return _cut_bytes(slug, MAX_BYTES - _ROOM_FOR_NUMBER).rstrip(_JOINERS)


def _fold(text: str) -> str:
    """Lower-case and normalise until neither changes anything (some letters need two rounds)."""
    for _ in range(4):
        folded = unicodedata.normalize("NFKC", text).lower()
        if folded == text:
            break
        text = folded
    return text


def _alphabet(char: str) -> str:
    """Name the look-alike alphabet of a letter, or nothing for scripts that resemble none."""
    if char.isascii():
        return "LATIN" if char.isalpha() else ""
    name = unicodedata.name(char, "")
    return next((alphabet for alphabet in _ALPHABETS if name.startswith(alphabet)), "")


def _cut(slug: str, limit: int) -> str:
    """Shorten to the limit, at a hyphen where that costs less than half."""
    short = _cut_bytes(slug[:limit], MAX_BYTES)
    if len(short) < len(slug) and slug[len(short)] != "-":
        head = short.rpartition("-")[0]
        short = head if len(head) * 2 > len(short) else short
    return short.strip("-")


def _cut_bytes(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")


def _check_segment(segment: str) -> None:
    if not segment:
        raise SlugError(say("A slug must not be empty; allowed are %(allowed)s.", allowed=ALLOWED))
    if len(segment.encode(errors="replace")) > MAX_BYTES:
        raise SlugError(say("A slug may have at most %(most)s bytes in UTF-8.", most=MAX_BYTES))
    for char in segment:
        if not _is_allowed(char):
            raise SlugError(
                say(
                    "%(sign)s is not allowed; allowed are %(allowed)s.",
                    sign=_describe(char),
                    allowed=ALLOWED,
                )
            )
    if segment != _fold(segment):
        raise SlugError(
            say(
                "“%(slug)s” is not in lower case and normal form: “%(folded)s” is.",
                slug=segment,
                folded=_fold(segment),
            )
        )
    if unicodedata.category(segment[0])[0] == "M" or re.search(r"^[-._]|[-._]$|[-._]{2}", segment):
        raise SlugError(
            say(
                "“%(slug)s” starts, ends or doubles a joining mark; allowed are %(allowed)s.",
                slug=segment,
                allowed=ALLOWED,
            )
        )
    for word in re.split(r"[-._]", segment):
        alphabets = {name for char in word if (name := _alphabet(char))}
        if len(alphabets) > 1:
            mixed = " and ".join(sorted(name.title() for name in alphabets))
            raise SlugError(
                say(
                    "“%(word)s” mixes %(alphabets)s letters that look alike; "
                    "use one alphabet a word.",
                    word=word,
                    alphabets=mixed,
                )
            )


def _is_allowed(char: str) -> bool:
    if char in _JOINERS:
        return True
    kind = unicodedata.category(char)
    return (kind[0] in "LM" or kind == "Nd") and not BLANKS.match(char)


def _describe(char: str) -> str:
    name = unicodedata.name(char, "")
    return (
        f"“{char}”" if char.isprintable() and char != " " else f"U+{ord(char):04X} {name}".strip()
    )
