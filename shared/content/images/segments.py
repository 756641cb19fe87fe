"""Dropping what a file tells beside its picture, byte for byte: no pixel is coded anew.

Each walker copies what shows the picture and leaves out Exif, GPS, XMP, IPTC, comments, and
whatever was hung behind the end. Raises ValueError, IndexError or struct.error for files that are
not of the kind.
"""

import struct
from typing import Final

_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_SOS, _EOI, _APP0, _APP2, _APP14, _APP15, _COM = 0xDA, 0xD9, 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_PNG_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP mDCV "
    b"cLLI".split()
)
_WEBP_DROPPED: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_TELLING: Final = 0x08 | 0x04  # the flags of Exif and XMP
_LOOPS: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})


def strip_jpeg(data: bytes) -> bytes:
    """Keep tables, scans, JFIF, Adobe's colour mark and the ICC profile of a JPEG."""
    kept, at = [data[:2]], 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:  # filling
            at += 1
        if data[at] != 0xFF:
            raise ValueError("a marker is missing")
        marker = data[at + 1]
        if marker == _EOI:
            return b"".join([*kept, data[at : at + 2]])
        if marker in _BARE:
            end = at + 2
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            end = at + 2 + length
        if end > len(data):
            raise ValueError("a segment is cut off")
        if marker == _SOS:
            end = _scan_end(data, end)
        if _is_jpeg_kept(marker, data[at + 4 : at + 18]):
            kept.append(data[at:end])
        at = end


def _is_jpeg_kept(marker: int, start: bytes) -> bool:
    if marker == _APP0:
        return start.startswith(b"JFIF\0")
    if marker == _APP2:
        return start.startswith(b"ICC_PROFILE\0")
    return marker == _APP14 or not (_APP0 <= marker <= _APP15 or marker == _COM)


def _scan_end(data: bytes, at: int) -> int:
    """Return where the coded pixels end: at the first marker that is none of theirs."""
    while True:
        at = data.index(b"\xff", at)
        after = data[at + 1]
        if after == 0xFF:
            at += 1
        elif after == 0 or after in _BARE:
            at += 2
        else:
            return at


def strip_png(data: bytes) -> bytes:
    """Keep the chunks of a PNG that show it: pixels, colours, transparency, animation."""
    kept, at = [data[:8]], 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def strip_webp(data: bytes) -> bytes:
    """Keep the chunks of a WebP that show it, and take the flags of the others back."""
    (size,) = struct.unpack_from("<I", data, 4)
    stop = min(len(data), size + 8)
    kept, at = [], 12
    while at + 8 <= stop:
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        end = at + 8 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        chunk = data[at:end] + b"\0" * (length % 2)
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_TELLING]) + chunk[9:]
        if kind in _WEBP_KEPT:
            kept.append(chunk)
        at = end + length % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def strip_gif(data: bytes) -> bytes:
    """Keep the frames of a GIF and how often they are shown; comments and XMP go."""
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while True:
        kind = data[at]
        if kind == 0x3B:
            return b"".join([*kept, b";"])
        if kind == 0x2C:
            start = at + 10 + _colours(data[at + 9]) + 1
        elif kind == 0x21:
            start = at + 2
        else:
            raise ValueError("an unknown block")
        end = _blocks_end(data, start)
        extension = data[at + 1] if kind == 0x21 else None
        loops = extension == 0xFF and data[at + 3 : at + 14] in _LOOPS
        if extension in {None, 0xF9} or loops:
            kept.append(data[at:end])
        at = end


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
