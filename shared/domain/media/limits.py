"""Which files are taken, and how large they may be."""

from dataclasses import dataclass
from typing import Final

from shared.domain.site import Site
from shared.models import MEDIA_KINDS

# What the bytes are, and what that is to a person.
KINDS: Final = {
    "png": "image",
    "jpeg": "image",
    "gif": "image",
    "webp": "image",
    "avif": "image",
    "svg": "drawing",
    "pdf": "pdf",
    "zip": "archive",
    "mp3": "audio",
    "mp4": "video",
    "ogg": "audio",
    "webm": "video",
    "wav": "audio",
    "text": "text",
}
_BY_ENDING: Final = {".m4a": "audio", ".ogv": "video"}


@dataclass(frozen=True)
class Limits:
    """What the site's owner allows."""

    max_bytes: int = 50_000_000
    max_pixels: int = 60_000_000
    kinds: tuple[str, ...] = MEDIA_KINDS


DEFAULT: Final = Limits()
MILLION: Final = 1_000_000


def limits_of(site: Site) -> Limits:
    """Return the limits that the site's settings give."""
    pixels = site.media_max_megapixels * MILLION
    return Limits(site.media_max_megabytes * MILLION, pixels, site.media_kinds)


def kind_for(signature: str, ending: str) -> str:
    """Return what a file is to a person."""
    return _BY_ENDING.get(ending) or KINDS[signature]
