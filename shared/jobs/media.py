"""Jobs on media: the smaller forms of a picture, and files that nothing names any more."""

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from shared import media as store
from shared.content.images import PictureError
from shared.content.images import make_forms as encode
from shared.domain.media import hold_place, limits_of, signature_of
from shared.domain.site import load_site
from shared.jobs.outcomes import GiveUp
from shared.media_names import form_path, forms_folder
from shared.models import Media
from shared.runtime import Runtime

NICE: Final = 15  # the server's own requests come first


def make_forms(runtime: Runtime, data: dict[str, Any]) -> None:
    """Make the forms of one picture; nothing when it is gone or has others meanwhile."""
    with runtime.database.reading() as session:
        media = session.get(Media, data["media"])
        if media is None or media.forms:
            return
        file, signature, size = media.file, signature_of(media), media.bytes
        most = limits_of(load_site(session)).max_pixels
    instance = runtime.settings.instance
    be_polite()
    try:
        whole = _place(instance, file).read_bytes()
        made: dict[str, list[list[int]]] = {}
        for form in encode(whole, signature, max_pixels=most):
            if len(form.data) < size:  # one that is larger than the picture helps nobody
                store.write(instance, form_path(file, form.width, form.coding), form.data)
                made.setdefault(form.coding, []).insert(0, [form.width, form.height])
    except FileNotFoundError as error:
        raise GiveUp(f"{file} is gone") from error
    except PictureError as error:
        raise GiveUp(f"{file} {error}") from error
    with runtime.database.writing() as session:
        media = session.get(Media, data["media"], with_for_update=True)
        if media is not None and media.file == file:
            media.forms = made
            session.commit()


def remove(runtime: Runtime, data: dict[str, Any]) -> None:
    """Remove the bytes at an address with their forms, unless a file still has them."""
    file: str = data["file"]
    place = _place(runtime.settings.instance, file)
    with runtime.database.writing() as session:
        hold_place(session, file)  # an upload of the same bytes waits
        if session.scalar(select(Media.id).where(Media.file == file).limit(1)) is not None:
            return
        place.unlink(missing_ok=True)
        beside = Media.file.startswith(f"{file.rpartition('/')[0]}/", autoescape=True)
        if session.scalar(select(Media.id).where(beside).limit(1)) is not None:
            return  # the same bytes by another name have the same forms
        forms = _place(runtime.settings.instance, forms_folder(file))
        for form in forms.glob("*"):
            form.unlink()
        if forms.is_dir():
            forms.rmdir()
        if place.parent.is_dir() and not any(place.parent.iterdir()):
            place.parent.rmdir()


def be_polite() -> None:
    """Let requests have the processor first, for as long as this thread lives."""
    if hasattr(os, "sched_setscheduler"):
        try:
            os.setpriority(os.PRIO_PROCESS, 0, NICE)
        except PermissionError:  # a lower place was given before
            return


def _place(instance: Path, path: str) -> Path:
    return instance / path.removeprefix("/")
