"""`{% assign %}` and `{% for %}` over lists that are known, as posts use them for link lists."""

import re
from typing import NamedTuple

_ASSIGN = re.compile(r"(?P<name>[\w-]+)\s*=\s*(?P<expression>.+)", re.DOTALL)
_FOR = re.compile(r"(?P<name>[\w-]+)\s+in\s+(?P<list>[\w.-]+)")
_MARK = re.compile(r"\{%-?\s*(?P<word>for|endfor)\b.*?%\}", re.DOTALL)


class Loop(NamedTuple):
    """The parts of a loop: its variable, its list's name, its inside, and where it ends."""

    name: str
    items: str
    inside: str
    end: int


def find_assignment(rest: str) -> tuple[str, str] | None:
    """Return the name and the expression of an `assign` tag."""
    match = _ASSIGN.fullmatch(rest.strip())
    return (match["name"], match["expression"]) if match else None


def find_loop(source: str, start: int, rest: str) -> Loop | None:
    """Return the loop whose `for` tag ends at `start`; None when it is not plain or not closed."""
    match = _FOR.fullmatch(rest.strip())
    if match is None:
        return None
    depth = 1
    for mark in _MARK.finditer(source, start):
        depth += 1 if mark["word"] == "for" else -1
        if depth == 0:
            inside = source[start : mark.start()]
            return Loop(match["name"], match["list"], inside, mark.end())
    return None
