"""The first words of a text, and how long reading all of it takes."""

import re
from typing import Final

from shared.content.scripts import is_unspaced, width

WORDS_PER_MINUTE: Final = 250  # between English words (230) and Chinese characters (300)

_SENTENCE_END: Final = re.compile(r"[。！？!?…](?:[”’」』）)\"']*)|\.(?=[\s”\"'])")


def excerpt(text: str, *, limit: int = 160) -> str:
    """Cut at a sentence or word end within `limit` columns (a Chinese character takes two)."""
    flat = " ".join(text[: limit * 8 + 1000].split())
    head = _fit(flat, limit)
    if len(head) == len(flat):
        return flat
    sentences = [match.end() for match in _SENTENCE_END.finditer(head)]
    if sentences and sentences[-1] * 2 >= len(head):
        return (
            head[: sentences[-1]] + " …"
            if _ends_in_full_stop(head, sentences[-1])
            else (head[: sentences[-1]] + "…")
        )
    return _at_word_end(flat, head).rstrip(" ,;:、，；：-–—") + "…"


def reading_minutes(words: int) -> int:
    """Minutes to read so many words or Chinese characters, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def _fit(text: str, limit: int) -> str:
    columns = 0
    for index, char in enumerate(text):
        columns += width(char)
        if columns > limit:
            return text[:index]
    return text


def _ends_in_full_stop(text: str, end: int) -> bool:
    return not is_unspaced(text[end - 1])


def _at_word_end(text: str, head: str) -> str:
    """Step back to the end of a word, unless that would lose half of what fits."""
    following = text[len(head)]
    if following == " " or is_unspaced(following) or is_unspaced(head[-1:] or " "):
        return head
    for index in range(len(head) - 1, len(head) // 2, -1):
        if head[index] == " " or is_unspaced(head[index]):
            return head[: index + 1]
    return head
