"""Which request paths are let in: only those that every reader reads the same way.

An encoded slash, an empty or a dot segment is one path to the dispatcher and another to a proxy,
a router or a file system behind it, so such a path is refused, never repaired.
"""

import re

from shared.wsgi.answers import Trouble

LONGEST = 8_000  # bytes of the path as sent; below gunicorn's limit of 8,190 for the whole line

# In the decoded path, `%` followed by one of these was encoded twice.
_find_in_decoded = re.compile(
    r"[\x00-\x1f\x7f\\]|//|/\.{1,2}(?:/|\Z)|%(?:2[ef]|5c|[01][0-9a-f]|7f)", re.IGNORECASE
).search
_find_in_raw = re.compile(r"//|\\|%(?:2f|5c)|%(?![0-9a-f]{2})", re.IGNORECASE).search
_find_c1_control = re.compile(r"[\x80-\x9f]").search

TOO_LONG = Trouble(414, f"The path is longer than {LONGEST} bytes.")
NOT_UTF8 = Trouble(400, "The path is not valid UTF-8.")
CONTROL = Trouble(400, "The path contains a control character.")
EMPTY_SEGMENT = Trouble(400, "The path contains an empty segment.")
DOT_SEGMENT = Trouble(400, "The path contains a dot segment.")
BACKSLASH = Trouble(400, "The path contains a backslash.")
ENCODED_SLASH = Trouble(400, "The path contains an encoded slash.")
MALFORMED = Trouble(400, "The path is not well formed.")


def find_trouble(path: str, raw: str) -> Trouble | None:
    """Say why a path is refused, or None; `path` is PATH_INFO, `raw` the path as it was sent.

    A server that does not tell the path as sent gives an empty `raw`.
    """
    if len(path) > LONGEST or len(raw) > LONGEST:
        return TOO_LONG
    if path[:1] != "/":
        return MALFORMED
    found = _find_in_decoded(path)
    if found is None and (raw != path or "%" in raw):
        found = _find_in_raw(raw)
    if found is not None:
        return _name(found[0].lower())
    return None if path.isascii() else _check_text(path)


def _name(found: str) -> Trouble:
    if found in {"\\", "%5c"}:
        return BACKSLASH
    if found == "//":
        return EMPTY_SEGMENT
    if found == "%2f":
        return ENCODED_SLASH
    if found.startswith("/.") or found == "%2e":
        return DOT_SEGMENT
    return MALFORMED if found == "%" else CONTROL


def _check_text(path: str) -> Trouble | None:
    try:
        text = path.encode("latin-1").decode("utf-8")  # PEP 3333: bytes dressed as text
    except UnicodeError:
        return NOT_UTF8
    return CONTROL if _find_c1_control(text) else None
