"""Tags as one line of text, for the form's field: commas between, quotes around odd names."""

import re
from collections.abc import Iterable

# Chinese keyboards give the full-width and the enumeration comma.
COMMAS = ",，、"
_PIECE = re.compile(rf'\s*(?:"((?:[^"]|"")*)"\s*(?=[{COMMAS}]|$)|([^{COMMAS}]*))(?:[{COMMAS}]|$)')
_ODD = re.compile(rf'[{COMMAS}]|^"|^\s|\s$')


def join_tags(names: Iterable[str]) -> str:
    """Return the names as one line that `split_tags` reads back."""
    return ", ".join(f'"{n.replace(chr(34), chr(34) * 2)}"' if _ODD.search(n) else n for n in names)


def split_tags(line: str) -> tuple[str, ...]:
    """Return the names in a line, without empty ones and outer blanks."""
    names = []
    at = 0
    while at < len(line) and (match := _PIECE.match(line, at)):
        quoted, plain = match.groups()
        name = plain.strip() if quoted is None else quoted.replace('""', '"').strip()
        if name:
            names.append(name)
        at = match.end()
    return tuple(names)
