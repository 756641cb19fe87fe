"""Files of an import as media: by the address that texts know, freed of what pictures tell."""

from collections.abc import Iterable
from pathlib import Path

from admin.transfer.jekyll.ours import rows_of
from admin.transfer.report import Report
from shared import media as store
from shared.domain.errors import Invalid
from shared.domain.media import About, adopt, bring_back, describe, keep_uses
from shared.domain.work import Work
from shared.models import Post
from shared.models.media import MIDDLE

PREFIX = "/media/"
FILE = "media.yaml"


def keep_files(files: dict[str, Path], instance: Path, *, work: Work) -> None:
    """Register the files that texts lead to, each at the address that it was promised."""
    for file in files.values():
        adopt(file.read_bytes(), file.name, instance=instance, work=work)


def lasting_names(folder: Path, report: Report) -> set[str]:
    """Return the files of an archive of ours that lie at lasting addresses."""
    paths = (row.get("path", "") for row in rows_of(folder / FILE, report))
    return {path.removeprefix(PREFIX) for path in paths}


def restore_media(folder: Path, instance: Path, report: Report, *, work: Work) -> int:
    """Bring back the files of an archive of ours with all that is said of them; return how many."""
    back = 0
    for row in rows_of(folder / FILE, report):
        path = row.get("path", "")
        place = folder / path.removeprefix("/")
        inside = path.startswith(PREFIX) and place.resolve().is_relative_to(folder.resolve())
        if not inside or place.is_symlink() or not place.is_file():
            continue
        try:
            data = place.read_bytes()
            media = bring_back(data, path, row.get("name", ""), instance=instance, work=work)
            describe(media, _about(row), work=work)
        except (store.MediaError, Invalid, OSError) as error:
            report.add("unresolved", path[1:], f"not stored: {error}")
        else:
            back += 1
    return back


def note_uses(posts: Iterable[Post | None], *, work: Work) -> None:
    """Note which files the posts of an import use: they came before the files did."""
    for post in posts:
        if post is not None:
            keep_uses(post, work=work)


def _about(row: dict[str, str]) -> About:
    return About(
        name=row.get("name", "") or "file",
        alt=row.get("alt", ""),
        decorative=row.get("decorative") == "True",
        caption=row.get("caption", ""),
        credit=row.get("credit", ""),
        folder=row.get("folder", ""),
        focus_x=_per_cent(row.get("focus_x", "")),
        focus_y=_per_cent(row.get("focus_y", "")),
    )


def _per_cent(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else MIDDLE
