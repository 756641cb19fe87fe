"""What people say of a file, and other bytes at its address."""

from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Final

from shared.content.lines import one_line
from shared.domain import jobs
from shared.domain.errors import Conflict, Invalid
from shared.domain.media.access import require_change
from shared.domain.media.forming import owe_forms
from shared.domain.media.limits import DEFAULT, Limits
from shared.domain.media.taking import Taken, take
from shared.domain.work import Work, check_version
from shared.models import Media
from shared.saying import say

REMOVE: Final = "media.remove"
# A page that was sent before still loads the bytes it names; and a replacement can be taken back.
KEPT: Final = timedelta(days=7)
LIMITS: Final = {"name": 200, "alt": 500, "caption": 500, "credit": 200}
MAX_FOLDER: Final = 200
MAX_DEPTH: Final = 8


@dataclass(frozen=True, kw_only=True)
class About:
    """What people say of a file."""

    name: str
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
    focus_x: int = 50
    focus_y: int = 50
    folder: str = ""


def save_media(media: Media, about: About, *, version: int | None, work: Work) -> None:
    """Keep what is said of a file; raises Forbidden, Stale, and Invalid naming each field."""
    require_change(media, work)
    check_about(about)
    check_version(media, version, work=work)
    changed = describe(media, about, work=work)
    work.record("media.saved", media, media.name, changed=changed)


def describe(media: Media, about: About, *, work: Work) -> list[str]:
    """Set what is said of a file and return which fields changed; raises Invalid."""
    check_about(about)
    values = {item.name: getattr(about, item.name) for item in fields(About)}
    values |= {name: one_line(values[name]) for name in LIMITS}
    values["folder"] = tidy_folder(about.folder)
    if about.decorative:
        values["alt"] = ""
    changed = {key: value for key, value in values.items() if getattr(media, key) != value}
    for key, value in changed.items():
        setattr(media, key, value)
    media.updated_at = work.at
    return sorted(changed)


def replace_media(
    media: Media,
    data: bytes,
    name: str,
    *,
    version: int | None,
    instance: Path,
    limits: Limits = DEFAULT,
    work: Work,
) -> None:
    """Take a file and put it at the address of another; raises as `put_in_place` does."""
    require_change(media, work)
    put_in_place(media, take(data, name, limits), version=version, instance=instance, work=work)


def put_in_place(
    media: Media, taken: Taken, *, version: int | None, instance: Path, work: Work
) -> None:
    """Put other bytes at a file's address; every page that shows it shows them from then on.

    They were taken before the unit of work began, since a large picture takes seconds. Raises
    Forbidden, Stale, Conflict (in the trash), and Invalid for a file of another kind.
    """
    require_change(media, work)
    if media.trashed_at is not None:
        raise Conflict(say("This is in the trash. Restore it first."))
    alike = taken.kind == media.kind and (media.kind == "image" or taken.ending == media.ending)
    if not alike:
        raise Invalid({"file": say("Choose a file of the same kind as the one it replaces.")})
    check_version(media, version, work=work)
    before = media.file, media.sha256
    media.file = taken.keep(instance, work=work)
    taken.describe(media)
    media.updated_at = work.at
    work.flush()
    if media.file != before[0]:
        owe_removal(before[0], work=work)
    owe_forms(media, work=work)
    work.record("media.replaced", media, media.name, was=before[1], now=media.sha256)


def owe_removal(file: str, *, work: Work) -> None:
    """Let bytes go after some days, unless a file has them again then."""
    jobs.enqueue(work, REMOVE, key=f"{REMOVE}:{file}", at=work.at + KEPT, file=file)


def tidy_folder(folder: str) -> str:
    """Return a folder as a path without empty parts; raises Invalid for `folder`."""
    parts = [one_line(part) for part in folder.replace("\\", "/").split("/")]
    path = "/".join(part for part in parts if part and part not in {".", ".."})
    if len(path) > MAX_FOLDER or path.count("/") >= MAX_DEPTH:
        told = say("Give at most %(most)s folders and 200 characters.", most=MAX_DEPTH)
        raise Invalid({"folder": told})
    return path


def check_about(about: About) -> None:
    """Raise Invalid naming each field that is not allowed."""
    errors = {
        name: say("Give at most %(most)s characters.", most=limit)
        for name, limit in LIMITS.items()
        if len(one_line(getattr(about, name))) > limit
    }
    if not one_line(about.name):
        errors["name"] = say("Give a name.")
    for name in ("focus_x", "focus_y"):
        if not 0 <= getattr(about, name) <= 100:
            errors[name] = say("Give a number from 0 to 100.")
    if errors:
        raise Invalid(errors)
