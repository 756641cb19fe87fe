"""How large an SVG picture wants to be shown."""

import re
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d{1,9})?)(?:px)?\s*")
_NUMBER: Final = re.compile(r"[\s,]+")


def svg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in CSS pixels by its attributes or its view box, if it says so."""
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(sides):
        return _whole(*(float(side[1]) for side in sides if side))
    box = _NUMBER.split(root.get("viewBox", "").strip())
    try:
        return _whole(float(box[2]), float(box[3]))
    except (IndexError, ValueError, OverflowError):
        return None


def _whole(width: float, height: float) -> tuple[int, int] | None:
    size = round(width), round(height)
    return size if min(size) > 0 and max(size) < 1_000_000 else None
