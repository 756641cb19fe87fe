"""Cutting a part out of a picture."""

import io
from dataclasses import dataclass
from typing import Any, Final

from shared.content.images.errors import PictureError
from shared.content.images.pillow import opened
from shared.saying import say

_MANNERS: Final[dict[str, dict[str, Any]]] = {
    "jpeg": {"format": "JPEG", "quality": 92, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
    "webp": {"format": "WEBP", "quality": 90, "method": 4},
    "avif": {"format": "AVIF", "quality": 80, "speed": 8},
}


@dataclass(frozen=True)
class Box:
    """A part of a picture in pixels from its upper left corner."""

    left: int
    top: int
    width: int
    height: int


def crop(data: bytes, kind: str, box: Box, *, max_pixels: int) -> bytes:
    """Return the part as a picture of the same kind; raises PictureError."""
    with opened(data, kind, max_pixels=max_pixels) as image:
        if kind not in _MANNERS or getattr(image, "is_animated", False):
            raise PictureError(say("moves, and cannot be cropped"))
        right, bottom = box.left + box.width, box.top + box.height
        fits = 0 <= box.left < right <= image.width and 0 <= box.top < bottom <= image.height
        if not fits:
            raise PictureError(
                say(
                    "is %(width)s × %(height)s pixels: the part lies outside",
                    width=image.width,
                    height=image.height,
                )
            )
        profile = image.info.get("icc_profile")
        part = image.crop((box.left, box.top, right, bottom))
        output = io.BytesIO()
        part.save(output, icc_profile=profile, **_MANNERS[kind])
        return output.getvalue()
