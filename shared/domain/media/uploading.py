"""Bringing files in: by hand, by an import, and those that lie in the store already."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from shared import media as store
from shared.content.images import Box, PictureError, crop
from shared.domain import remains
from shared.domain.errors import Invalid
from shared.domain.media.access import require_change
from shared.domain.media.forming import owe_forms, signature_of
from shared.domain.media.limits import DEFAULT, Limits
from shared.domain.media.reading import find_by_paths, find_same
from shared.domain.media.saving import tidy_folder
from shared.domain.media.taking import IMAGES, Taken, take, take_as_it_is
from shared.domain.permissions import Permission
from shared.domain.work import Work
from shared.models import Media
from shared.saying import say


@dataclass(frozen=True)
class Uploaded:
    """What an upload led to; `known` when the same bytes were there already."""

    media: Media
    known: bool


def upload(
    data: bytes,
    name: str,
    *,
    instance: Path,
    folder: str = "",
    limits: Limits = DEFAULT,
    work: Work,
) -> Uploaded:
    """Take a file and bring it in; raises Forbidden, and Invalid naming `file` or `folder`."""
    work.require(Permission.MEDIA_UPLOAD)
    return bring_in(take(data, name, limits), instance=instance, folder=folder, work=work)


def bring_in(taken: Taken, *, instance: Path, folder: str = "", work: Work) -> Uploaded:
    """Keep a file that was taken, or find it among those that are there.

    One in the trash comes back. Taking it takes seconds where it is a large picture: do so before
    the unit of work begins. Raises as `upload` does.
    """
    work.require(Permission.MEDIA_UPLOAD)
    folder = tidy_folder(folder)
    same = find_same(work.session, taken.source_sha256, taken.sha256)
    if same is not None:
        if same.trashed_at is not None:
            same.trashed_at, same.updated_at = None, work.at
            same.version += 1
            remains.forget(same.__tablename__, same.id, work=work)
            work.record("media.restored", same, same.name)
        return Uploaded(same, known=True)
    media = add(taken, taken.keep(instance, work=work), work=work)
    media.folder = folder
    media.path = _free_path(media, taken, work)
    owe_forms(media, work=work)
    work.record("media.uploaded", media, media.name, bytes=media.bytes, kind=media.kind)
    return Uploaded(media, known=False)


def _free_path(media: Media, taken: Taken, work: Work) -> str:
    """Return a lasting address by number and name: a file of an archive may have brought it."""
    stem, path = store.stem_of(taken.name), ""
    for more in ("", *(f"-{number}" for number in range(2, 100)), f"-{secrets.token_hex(8)}"):
        path = f"/media/{media.id}-{stem}{more}{taken.ending}"
        if not find_by_paths(work.session, [path]):
            break
    return path


def add(taken: Taken, file: str, *, path: str = "", work: Work) -> Media:
    """Make the row of a file that was written; without a path it is its content's address."""
    media = Media(
        version=1,
        path=path or secrets.token_hex(16),  # until its number is known
        file=file,
        name=taken.name,
        uploader_id=work.actor.user_id,
        created_at=work.at,
        updated_at=work.at,
    )
    taken.describe(media)
    work.session.add(media)
    work.flush()
    return media


def adopt(data: bytes, name: str, *, instance: Path, work: Work) -> Media:
    """Register a file of an import at the address that `shared.media` gives its bytes.

    A picture is freed of what it tells all the same: its lasting address then leads to that of
    the bytes that are kept. What cannot be shown is kept as it is, since a text names it.
    """
    path = store.address(data, name)
    known = find_by_paths(work.session, [path])
    if known:
        return known[0]
    try:
        taken = take(data, name, Limits(store.MAX_BYTES))
    except Invalid:
        taken = take_as_it_is(data, name)
    media = add(taken, taken.keep(instance, work=work), path=path, work=work)
    owe_forms(media, work=work)
    return media


def bring_back(data: bytes, path: str, name: str, *, instance: Path, work: Work) -> Media:
    """Register a file at the lasting address that it had elsewhere; raises Invalid if taken."""
    taken = take(data, name or path, Limits(store.MAX_BYTES))
    known = find_by_paths(work.session, [path])
    if known:
        if taken.sha256 != known[0].sha256:
            raise Invalid({"file": say("Its address is that of another file here.")})
        return known[0]
    media = add(taken, taken.keep(instance, work=work), path=path, work=work)
    owe_forms(media, work=work)
    return media


def register(file: str, data: bytes, *, work: Work) -> Media:
    """Register a file that lies in the store already, its bytes as they are."""
    name = file.rpartition("/")[2]
    try:
        seen = take(data, name, Limits(store.MAX_BYTES))
    except Invalid:
        seen = take_as_it_is(data, name)
    about = (seen.kind, seen.ending, seen.source_sha256)
    taken = Taken(data, seen.name, *about, seen.width, seen.height, seen.animated)
    media = add(taken, file, path=file, work=work)
    owe_forms(media, work=work)
    return media


def cut(media: Media, box: Box, *, instance: Path, limits: Limits = DEFAULT, work: Work) -> Media:
    """Make another file of a part of a picture; the one it is cut from stays as it is."""
    require_change(media, work)
    part = take_part(media, box, instance=instance, limits=limits)
    return bring_part_in(media, part, instance=instance, work=work)


def take_part(media: Media, box: Box, *, instance: Path, limits: Limits) -> Taken:
    """Take a part of a picture, before the unit of work that brings it in; raises Invalid."""
    signature = signature_of(media)
    if signature not in IMAGES:
        raise Invalid({"box": say("Only pictures can be cropped.")})
    try:
        whole = (instance / media.file.removeprefix("/")).read_bytes()
        part = crop(whole, signature, box, max_pixels=limits.max_pixels)
    except PictureError as error:
        raise Invalid({"box": say("The picture %(reason)s.", reason=error.args[0])}) from error
    except OSError as error:
        raise Invalid({"box": say("The file is gone from the server.")}) from error
    stem, dot, ending = media.name.rpartition(".")
    name = f"{stem or ending}-{box.width}x{box.height}{dot}{ending if stem else ''}"
    return take(part, name, limits)


def bring_part_in(media: Media, part: Taken, *, instance: Path, work: Work) -> Media:
    """Keep a part that was taken of a picture as a file of its own; raises as `upload` does."""
    require_change(media, work)
    made = bring_in(part, instance=instance, folder=media.folder, work=work)
    if not made.known:
        made.media.credit = media.credit
    return made.media
