"""Pictures made for the tests, some with all that a camera tells of its owner."""

import io
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageCms

BERN = {1: "N", 2: (46.0, 57.0, 0.0), 3: "E", 4: (7.0, 26.0, 0.0)}
SECRET = "Ann's camera"
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF"}


@cache
def profile() -> bytes:
    """Return an ICC profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def draw(width: int, height: int) -> Image.Image:
    """Return a picture of which every part differs: red grows to the right, green downwards."""
    image = Image.linear_gradient("L").resize((width, height))
    side = Image.linear_gradient("L").rotate(90).resize((width, height))
    return Image.merge("RGB", (side, image, Image.new("L", (width, height), 40)))


def make_picture(
    kind: str = "jpeg", size: tuple[int, int] = (64, 48), *, telling: bool = False, turn: int = 1
) -> bytes:
    """Return a picture; a `telling` one has Exif with a place, and lies as `turn` says."""
    options: dict[str, Any] = {}
    if telling:
        exif = Image.Exif()
        exif[0x010F], exif[0x0112], exif[0x8825] = SECRET, turn, BERN
        options = {"exif": exif, "icc_profile": profile()}
        if kind in {"jpeg", "gif"}:
            options["comment"] = SECRET.encode()
        if kind == "gif":
            del options["exif"], options["icc_profile"]
    output = io.BytesIO()
    draw(*size).save(output, FORMATS[kind], **options)
    return output.getvalue()


def read_picture(data: bytes) -> Image.Image:
    """Return a picture, decoded."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image.copy()


def make_bomb(side: int) -> bytes:
    """Return a PNG of a few bytes whose head promises `side` × `side` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
