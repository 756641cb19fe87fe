"""Owing the smaller forms of pictures."""

from typing import Final

from shared.domain import jobs
from shared.domain.media.taking import IMAGES
from shared.domain.work import Work
from shared.models import Media

FORMS: Final = "media.forms"


def signature_of(media: Media) -> str:
    """Return what the decoders call a file: `jpeg`, `png` …"""
    ending = media.ending.removeprefix(".")
    return "jpeg" if ending == "jpg" else ending


def owe_forms(media: Media, *, work: Work) -> None:
    """Owe the smaller forms of a picture that can have some."""
    if signature_of(media) in IMAGES and media.width and not media.animated:
        jobs.enqueue(work, FORMS, key=f"{FORMS}:{media.id}", media=media.id)
