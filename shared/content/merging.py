"""Three texts become one, paragraph by paragraph: what two people made of the same beginning.

The rule is that of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007): a
stretch that only one side changed is that side's; one that both changed alike is theirs both; one
that both changed in different ways is a conflict, for a person to decide.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from shared.content.matching import match

Kind = Literal["same", "mine", "theirs", "conflict"]
Choice = Literal["mine", "theirs", "both"]

_GAP: Final = re.compile(r"(\n(?:[ \t]*\n)+)")


@dataclass(frozen=True)
class Part:
    """A stretch of paragraphs, on each side; `kind` says whose it is."""

    kind: Kind
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def key(self) -> str:
        """A short name by which a choice finds its conflict again."""
        text = "\0".join(("\n".join(self.mine), "\n".join(self.theirs)))
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]

    def chosen(self, choice: Choice = "both") -> tuple[str, ...]:
        """Return the paragraphs that go into the result."""
        if self.kind == "theirs" or (self.kind == "conflict" and choice == "theirs"):
            return self.theirs
        if self.kind == "conflict" and choice == "both":
            return (*self.mine, *self.theirs)
        return self.mine


def merge(base: str | None, mine: str, theirs: str) -> list[Part]:
    """Return the stretches of three texts; without a base, what both share is taken for it."""
    left, right = paragraphs(mine), paragraphs(theirs)
    start = _shared(left, right) if base is None else paragraphs(base)
    return list(_merge(start, left, right))


def join(parts: Sequence[Part], choices: Mapping[str, Choice] | None = None) -> str:
    """Return the text that stretches and the choices by their keys make."""
    chosen = choices or {}
    found = [text for part in parts for text in part.chosen(chosen.get(part.key, "both"))]
    return "\n\n".join(found)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text; a fenced block of code stays whole, blank lines and all."""
    found: list[str] = []
    fence = gap = ""
    for part in _GAP.split(text.strip("\n")):
        if _GAP.fullmatch(part):
            gap = part
            continue
        if fence:
            found[-1] = f"{found[-1]}{gap}{part}"
        elif part:
            found.append(part)
        fence = _open_fence(part, fence)
    return found


def _open_fence(part: str, fence: str) -> str:
    for mark in re.findall(r"^ {0,3}(`{3,}|~{3,})", part, re.MULTILINE):
        if not fence:
            fence = mark
        elif mark.startswith(fence):
            fence = ""
    return fence


def _shared(left: Sequence[str], right: Sequence[str]) -> list[str]:
    return [left[at] for at, _ in match(left, right)]


def _merge(base: Sequence[str], left: Sequence[str], right: Sequence[str]) -> Iterator[Part]:
    in_left, in_right = dict(match(base, left)), dict(match(base, right))
    at, mine, theirs = 0, 0, 0
    for place in range(len(base) + 1):
        if place < len(base) and (place not in in_left or place not in in_right):
            continue
        one, two = in_left.get(place, len(left)), in_right.get(place, len(right))
        if place == len(base):
            one, two = len(left), len(right)
        yield from _changed(base[at:place], left[mine:one], right[theirs:two])
        if place < len(base):
            same = (base[place],)
            yield Part("same", same, same, same)
        at, mine, theirs = place + 1, one + 1, two + 1


def _changed(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Part]:
    sides = tuple(base), tuple(mine), tuple(theirs)
    if not any(sides):
        return
    kind: Kind = "conflict"
    if sides[1] == sides[2]:
        kind = "same"
    elif sides[0] == sides[2]:
        kind = "mine"
    elif sides[0] == sides[1]:
        kind = "theirs"
    yield Part(kind, *sides)
