"""Archives of Triptych's own: what they say beyond Jekyll, so that all of it comes in again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from admin.transfer.export.documents import DETAILS, TAKEN
from admin.transfer.export.files import MediaFile, walk_media
from admin.transfer.report import Report
from shared import media
from shared.domain.errors import DomainError
from shared.domain.posts import Content
from shared.domain.taxonomy import save_category, save_tag, tag_slug
from shared.domain.work import Work
from shared.models import Category, Tag


def meta_of(rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `meta` kept: fields that are none of ours, and those that bear our names."""
    plain = {key: value for key, value in rest.items() if key not in TAKEN}
    kept = rest.get("meta")
    return plain | (kept if isinstance(kept, dict) else {})


def details_of(front: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields beside the text that a file gives in the form that we wrote them in."""
    usual = Content(title="")
    kinds = {name: type(getattr(usual, name)) for name in DETAILS}
    return {name: front[name] for name, kind in kinds.items() if type(front.get(name)) is kind}


def is_translation(front: Mapping[str, Any]) -> bool:
    """Tell whether a file names what it is a translation of."""
    return bool(front.get("translation_of"))


def ends_at(front: Mapping[str, Any], now: datetime) -> datetime | None:
    """Return when a publication ends, None for what is no date to come."""
    at = _moment(front.get("expires"))
    return at if at and at > now else None


def written_at(front: Mapping[str, Any]) -> datetime | None:
    """Return when what visitors see was written; None for what is no date with a zone."""
    return _moment(front.get("updated"))


def _moment(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else None


def restore_taxonomy(folder: Path, report: Report, *, work: Work) -> None:
    """Make the categories and tags of `categories.yaml` and `tags.yaml` that are not here yet."""
    for row in rows_of(folder / "categories.yaml", report):
        _restore_category(row, report, work)
    for row in rows_of(folder / "tags.yaml", report):
        _restore_tag(row, report, work)


def find_media(folder: Path, lasting: set[str], report: Report) -> dict[str, Path]:
    """Return the files of `media/` by the addresses that they have here, but for `lasting` ones."""
    found: dict[str, Path] = {}
    if (folder / "media").is_symlink():
        report.add("unresolved", "media", "leads out of the folder")
        return found
    for file in walk_media(folder):
        if file.path in lasting:
            continue
        path = f"/media/{file.path}"
        try:
            address = _address(file)
        except (media.MediaError, OSError) as error:
            report.add("unresolved", path[1:], f"not stored: {error}")
            continue
        if address == path:
            found[address] = file.place
        else:
            report.add("unresolved", path[1:], f"not stored: its content belongs at {address}")
    return found


def _address(file: MediaFile) -> str:
    if file.size > media.MAX_BYTES:
        raise media.MediaError(f"has more than {media.MAX_BYTES:,} bytes")
    return media.address(file.place.read_bytes(), file.place.name)


def rows_of(file: Path, report: Report) -> Iterator[dict[str, str]]:
    """Yield the mappings of a list; what is none is none of ours."""
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        report.add("taxonomy", file.name, " ".join(str(error).split()))
        return
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            yield {str(key): str(value or "") for key, value in row.items()}


def _restore_category(row: dict[str, str], report: Report, work: Work) -> None:
    above, _, slug = row.get("path", "").rpartition("/")
    known = select(Category).where(Category.path.in_([row.get("path", ""), above]))
    by_path = {item.path: item for item in work.session.scalars(known)}
    if row.get("path", "") in by_path:
        return
    parent = by_path.get(above)
    if above and parent is None:
        report.add("taxonomy", "categories.yaml", f"{row['path']}: nothing stands above it")
        return
    made = Category(name=row.get("name") or slug, slug=slug, parent=parent)
    made.description = row.get("description", "")
    try:
        with work.session.begin_nested():
            save_category(made, work=work)
    except DomainError as error:
        report.add("taxonomy", "categories.yaml", f"{row.get('path')}: {error.message}")


def _restore_tag(row: dict[str, str], report: Report, work: Work) -> None:
    name, slug = row.get("name", ""), row.get("slug", "")
    if work.session.scalar(select(Tag.id).where(Tag.slug == slug)) is not None:
        return
    if tag_slug(name) != slug:  # posts name their tags, and a name leads to one address
        report.add("taxonomy", "tags.yaml", f"{name}: its address {slug} is now {tag_slug(name)}")
        return
    made = Tag(name=name, slug=slug, description=row.get("description", ""))
    try:
        with work.session.begin_nested():
            save_tag(made, work=work)
    except DomainError as error:
        report.add("taxonomy", "tags.yaml", f"{name}: {error.message}")
