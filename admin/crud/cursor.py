"""Places in a sorted list, as a word in the URL: the sort value and the id of a row."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime
from typing import Any, NamedTuple

LARGEST = 2**63 - 1


class Place(NamedTuple):
    """A row's place: what it is sorted by, and its id where that is the same."""

    value: Any
    id: int


def encode(place: Place) -> str:
    """Return a place as a word."""
    value = {"at": place.value.isoformat()} if isinstance(place.value, datetime) else place.value
    text = json.dumps([value, place.id], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(word: str | None) -> Place | None:
    """Return the place that a word stands for, None for a word that is none of ours."""
    if not word:
        return None
    try:
        value, row_id = json.loads(urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        if isinstance(value, dict):
            value = datetime.fromisoformat(value["at"])
        if isinstance(value, datetime) and value.tzinfo:
            value = value.astimezone(UTC)  # an instant that no calendar of ours has is not ours
        if isinstance(value, str):
            value.encode()  # nor is half a character
    except (Error, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return Place(value, row_id) if _is_number(row_id) and _is_sortable(value) else None


def _is_number(value: Any) -> bool:
    """Tell whether a value is a number that fits into a column."""
    return isinstance(value, int) and -LARGEST <= value <= LARGEST


def _is_sortable(value: Any) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None
    if isinstance(value, str):
        return "\0" not in value
    return value is None or _is_number(value)
