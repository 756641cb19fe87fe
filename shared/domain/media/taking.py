"""Taking a file in: what it is by its bytes, and what of it is kept."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from shared import media as store
from shared.content.images import PictureError, clean
from shared.content.lines import one_line
from shared.content.svg_size import svg_size
from shared.domain.errors import Invalid
from shared.domain.media.holding import hold_place
from shared.domain.media.limits import Limits, kind_for
from shared.domain.work import Work
from shared.models import Media
from shared.saying import say

MAX_NAME = 200
IMAGES = frozenset({"png", "jpeg", "gif", "webp", "avif"})


@dataclass(frozen=True)
class Taken:
    """A file that may be kept, and what is known of it."""

    data: bytes
    name: str
    kind: str
    ending: str
    source_sha256: str
    width: int | None = None
    height: int | None = None
    animated: bool = False

    @property
    def sha256(self) -> str:
        """The hash of what is kept."""
        return hashlib.sha256(self.data).hexdigest()

    def keep(self, instance: Path, *, work: Work) -> str:
        """Write the bytes at the address of their content and return it."""
        file = store.address(self.data, self.name)
        hold_place(work.session, file)
        try:
            store.write(instance, file, self.data)
        except OSError as error:
            raise Invalid({"file": say("The file could not be written on the server.")}) from error
        return file

    def describe(self, media: Media) -> None:
        """Set what a row says of its bytes."""
        media.kind, media.ending, media.bytes = self.kind, self.ending, len(self.data)
        media.sha256, media.source_sha256 = self.sha256, self.source_sha256
        media.width, media.height, media.animated = self.width, self.height, self.animated
        media.forms = {}


def take(data: bytes, name: str, limits: Limits) -> Taken:
    """Look at a file and free a picture of what it tells; raises Invalid for `file`."""
    name = tidy_name(name)
    if len(data) > limits.max_bytes:
        raise Invalid({"file": too_large(name, limits)})
    try:
        signature = store.kind_of(data)
        ending = store.ending_of(signature, name)
        kind = kind_for(signature, ending)
        if kind not in limits.kinds:
            raise Invalid({"file": say("%(name)s is of a kind that is not allowed.", name=name)})
        source = hashlib.sha256(data).hexdigest()
        taken = Taken(data, name, kind, ending, source)
        return _with_size(taken, signature, limits)
    except (store.MediaError, PictureError) as error:
        reason = error.args[0]
        told = say("%(name)s is not taken: it %(reason)s.", name=name, reason=reason)
        raise Invalid({"file": told}) from error


def take_as_it_is(data: bytes, name: str) -> Taken:
    """Take a file that something names already, whatever state it is in; raises MediaError."""
    signature = store.kind_of(data)
    ending = store.ending_of(signature, name)
    source = hashlib.sha256(data).hexdigest()
    return Taken(data, tidy_name(name), kind_for(signature, ending), ending, source)


def _with_size(taken: Taken, signature: str, limits: Limits) -> Taken:
    about = (taken.name, taken.kind, taken.ending, taken.source_sha256)
    if signature in IMAGES:
        made = clean(taken.data, signature, max_pixels=limits.max_pixels)
        return Taken(made.data, *about, made.width, made.height, made.animated)
    if signature == "svg" and (size := svg_size(taken.data)):
        return Taken(taken.data, *about, *size)
    return taken


def tidy_name(name: str) -> str:
    """Return a file's name as it is shown: the last part of a path, on one line."""
    last = one_line(name.replace("\\", "/").rpartition("/")[2])
    return last[-MAX_NAME:] or "file"


def too_large(name: str, limits: Limits) -> str:
    """Say how large a file may be."""
    most = f"{limits.max_bytes / 1_000_000:g}"
    return say("%(name)s is too large: at most %(most)s MB are taken.", name=name, most=most)
