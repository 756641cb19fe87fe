"""Opening a picture with Pillow, which sees it only when its size is within the limit."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from shared.content.images.errors import PictureError
from shared.saying import say

if TYPE_CHECKING:
    from PIL.Image import Image

# The one decoder that a kind may meet: a name or a second signature never chooses another.
DECODERS: Final = {"png": "PNG", "jpeg": "JPEG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}
MAX_SIDE: Final = 32_767


@contextmanager
def opened(data: bytes, kind: str, *, max_pixels: int) -> Iterator["Image"]:
    """Open a picture of a kind by its head alone; raises PictureError.

    The head tells width and height, so a decompression bomb is refused before it is decoded.
    """
    from PIL import Image  # noqa: PLC0415 - see the package: 4 MB of each worker

    Image.MAX_IMAGE_PIXELS = None  # our own limit comes first, and says what it is
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is dropped
            with Image.open(io.BytesIO(data), formats=[DECODERS[kind]]) as image:
                check_size(image.width, image.height, max_pixels=max_pixels)
                yield image
    except PictureError:
        raise
    except Exception as error:
        # Decoders raise whatever a broken file makes of them: OSError, SyntaxError, struct.error…
        raise PictureError(say("is damaged, or not the picture that it begins as")) from error


def check_size(width: int, height: int, *, max_pixels: int) -> None:
    """Raise PictureError for a picture of more pixels than allowed."""
    if width * height > max_pixels or max(width, height) > MAX_SIDE:
        raise PictureError(
            say(
                "has %(width)s × %(height)s pixels; at most %(most)s million are taken",
                width=width,
                height=height,
                most=f"{max_pixels / 1_000_000:g}",
            )
        )
    if not width or not height:
        raise PictureError(say("has no pixels"))
