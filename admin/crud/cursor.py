"""Places in a sorted list, as a word in the URL: the sort value and the id of a row."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime
from typing import Any, NamedTuple


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
            value.astimezone()  # a naive or impossible one is not ours
    except (Error, ValueError, TypeError, KeyError, OverflowError):
        return None
    good = isinstance(row_id, int) and isinstance(value, str | int | datetime | None)
    return Place(value, row_id) if good else None
