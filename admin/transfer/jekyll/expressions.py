"""What stands between `{{` and `}}`: a text or a variable, and filters that need no site."""

import re
from collections.abc import Callable

from admin.transfer.jekyll.permalinks import slug_of

_PART = re.compile(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<name>[\w.-]+))\s*""")
_FILTER = re.compile(r"""\|\s*(?P<name>\w+)\s*(?::\s*(?P<argument>"[^"]*"|'[^']*'|[\w.-]+)\s*)?""")

Value = str | list[str]
Lookup = Callable[[str], Value | None]


def evaluate(expression: str, lookup: Lookup, *, url: str, base: str) -> Value | None:
    """Return the value of an expression, or None when it cannot be known.

    `url` and `base` are what `absolute_url` and `relative_url` put in front.
    """
    part = _PART.match(expression)
    value = _value(part, lookup) if part else None
    at = part.end() if part else 0
    while value is not None and at < len(expression):
        step = _FILTER.match(expression, at)
        if step is None:
            return None
        value = _apply(step, value, lookup, url, base)
        at = step.end()
    return value


def _value(part: re.Match[str], lookup: Lookup) -> Value | None:
    if part["name"] is not None:
        return lookup(part["name"])
    literal: str = part["double"] if part["double"] is not None else part["single"]
    return literal


def _apply(step: re.Match[str], value: Value, lookup: Lookup, url: str, base: str) -> Value | None:
    part = _PART.match(step["argument"]) if step["argument"] else None
    argument = _value(part, lookup) if part else ""
    if not isinstance(argument, str):
        return None
    if isinstance(value, list):
        return argument.join(value) if step["name"] == "join" else None
    changes: dict[str, Callable[[], Value]] = {
        "relative_url": lambda: _below(base, value),
        "absolute_url": lambda: url + _below(base, value),
        "prepend": lambda: argument + value,
        "append": lambda: value + argument,
        "downcase": value.lower,
        "upcase": value.upper,
        "strip": value.strip,
        "slugify": lambda: slug_of(value),
        "split": lambda: value.split(argument or None),
    }
    change = changes.get(step["name"])
    return change() if change else None


def _below(base: str, path: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:|//", path, re.IGNORECASE):
        return path
    return f"{base}/{path.lstrip('/')}"
