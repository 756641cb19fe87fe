"""Taking a picture in: proved by its decoder, turned upright, free of what tells of its maker."""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shared.content.images.errors import PictureError
from shared.content.images.pillow import opened
from shared.content.images.segments import strip_gif, strip_jpeg, strip_png, strip_webp
from shared.saying import say

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION: Final = 0x0112
UPRIGHT: Final = 1
QUALITY: Final = 90
_STRIP: Final[dict[str, Callable[[bytes], bytes]]] = {
    "jpeg": strip_jpeg,
    "png": strip_png,
    "webp": strip_webp,
    "gif": strip_gif,
}


@dataclass(frozen=True)
class Cleaned:
    """A picture as it may be kept."""

    data: bytes
    width: int
    height: int
    animated: bool


def clean(data: bytes, kind: str, *, max_pixels: int) -> Cleaned:
    """Return a picture without Exif, GPS, XMP and comments; raises PictureError.

    Pixels are coded anew only where they lie on their side, and in an AVIF that carries such data.
    """
    with opened(data, kind, max_pixels=max_pixels) as image:
        lies = _needs_coding(image, kind)
        data = _coded_upright(image, kind) if lies else _stripped(data, kind)
    with opened(data, kind, max_pixels=max_pixels) as image:
        image.load()  # what is kept can be shown
        animated = bool(getattr(image, "is_animated", False))
        return Cleaned(data, image.width, image.height, animated)


def _needs_coding(image: "Image", kind: str) -> bool:
    if getattr(image, "is_animated", False):
        return False
    if kind == "avif":
        return bool(image.info.get("exif") or image.info.get("xmp"))
    return image.getexif().get(ORIENTATION, UPRIGHT) in range(2, 9)


def _stripped(data: bytes, kind: str) -> bytes:
    strip = _STRIP.get(kind)
    if strip is None:
        return data
    try:
        return strip(data)
    except (ValueError, IndexError, struct.error) as error:
        raise PictureError(say("is damaged, or not the picture that it begins as")) from error


def _coded_upright(image: "Image", kind: str) -> bytes:
    from PIL import ImageOps  # noqa: PLC0415 - see the package

    upright = ImageOps.exif_transpose(image)
    output = io.BytesIO()
    upright.save(output, **_manner(image, kind))
    data = output.getvalue()
    return _stripped(data, kind)


def _manner(image: "Image", kind: str) -> dict[str, Any]:
    """Say how to write an image as it was: a JPEG with its own tables loses next to nothing."""
    manner: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if kind == "jpeg":
        from PIL import JpegImagePlugin  # noqa: PLC0415 - see the package

        manner |= {"format": "JPEG", "optimize": True}
        sampling = JpegImagePlugin.get_sampling(image)
        if sampling >= 0:
            manner["subsampling"] = sampling
        return manner | {"qtables": image.quantization}  # type: ignore[attr-defined]  # of a JPEG
    if kind == "png":
        return manner | {"format": "PNG"}
    if kind == "webp":
        return manner | {"format": "WEBP", "quality": QUALITY, "method": 4}
    return manner | {"format": "AVIF", "quality": QUALITY, "speed": 8, "exif": b"", "xmp": b""}
