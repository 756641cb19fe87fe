"""What the site reads of media: where the present bytes are, and the forms of a picture."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shared.models.media import Media
from shared.models.reads import read

_PATHS: Any = bindparam("paths", expanding=True)
_COLUMNS = (
    Media.path,
    Media.file,
    Media.width,
    Media.height,
    Media.forms,
    Media.focus_x,
    Media.focus_y,
    Media.trashed_at,
)
_PICTURES = select(*_COLUMNS).where(Media.path.in_(_PATHS))


class Picture(NamedTuple):
    """A file as pages show it; `file` is empty while it is in the trash.

    `forms` has the width and height of each form by its coding.
    """

    path: str
    file: str
    width: int | None
    height: int | None
    forms: dict[str, list[list[int]]]
    focus: tuple[int, int]


def find_pictures(session: Session, paths: Collection[str]) -> dict[str, Picture]:
    """Return the files of these lasting addresses, by address; what is not there is missing."""
    if not paths:
        return {}
    wanted = sorted(paths)
    rows = read(session, _PICTURES, {"paths": wanted}, of=[key_of(path) for path in wanted])
    return {row.path: _picture(row) for row in rows}


def find_file(session: Session, path: str) -> str:
    """Return where the bytes of a lasting address are, or nothing."""
    found = find_pictures(session, [path]).get(path)
    return found.file if found else ""


def key_of(path: str) -> str:
    """Return the key that a change of the file at a lasting address stamps."""
    return f"media:{path}"


def _picture(row: Any) -> Picture:
    file = "" if row.trashed_at is not None else row.file
    return Picture(row.path, file, row.width, row.height, row.forms, (row.focus_x, row.focus_y))
