"""One file of a Jekyll site, read: its front matter made sense of, its body still as it was."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from admin.transfer.jekyll import ours
from admin.transfer.jekyll.config import Config
from admin.transfer.jekyll.dates import parse_moment
from admin.transfer.jekyll.files import Found
from admin.transfer.jekyll.permalinks import page_address, post_address
from shared.content import frontmatter

# What fields of ours take, and what a site's `defaults` may therefore give.
_TAKEN = (
    *("title", "date", "author", "authors", "category", "categories", "tag", "tags"),
    *("published", "permalink", "redirect_from", "slug"),
)


class Unreadable(ValueError):
    """A file that cannot come in; `line` counts from 1, 0 stands for the whole file."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a file says; `address` (empty: it had none) and `others` are its old paths."""

    path: str
    kind: str
    title: str
    name: str
    at: datetime | None
    draft: bool
    address: str
    others: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""
    front: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""
    first_line: int = 1

    @property
    def source(self) -> str:
        """The key by which a second import knows the post again."""
        return f"jekyll:{self.path}"


def read_entry(folder: Path, found: Found, config: Config) -> Entry | None:
    """Read one file; None for a page without front matter, which is none of the site.

    Raises Unreadable naming reason and line.
    """
    text = _decode((folder / found.path).read_bytes())
    try:
        own, body = frontmatter.parse(text)
    except frontmatter.FrontMatterError as error:
        raise Unreadable(str(error).partition(": ")[2], error.line) from error
    if not own and not text.startswith("---"):
        if found.kind == "page":
            return None
        raise Unreadable("has no front matter, so Jekyll takes it for no post")
    lines_of = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    defaults = config.defaults(found.path, f"{found.kind}s")
    front = {key: defaults[key] for key in _TAKEN if key in defaults} | own
    return _make(found, config, _plain(front), body, lines_of - body.count("\n") + 1)


def _make(found: Found, config: Config, front: dict[str, Any], body: str, first: int) -> Entry:
    categories = _several(front, "category", "categories") or found.upper_folders
    at = _moment(found, front, config)
    draft = found.kind == "draft" or front.get("published") is False
    rest = dict(front)
    summary = _take_text(rest, "description", "excerpt")
    language = _take_text(rest, "lang", "locale", "language").replace("_", "-")
    slug = str(front.get("slug") or "")
    return Entry(
        path=found.path,
        kind="page" if found.kind == "page" else "post",
        title=_title(front, found),
        name=slug or found.name,
        at=at,
        draft=draft,
        address="" if draft else _address(found, front, config, at, categories),
        others=tuple(_listed(front.get("redirect_from"))),
        authors=_authors(front),
        categories=categories if found.kind != "page" else (),
        tags=_several(front, "tag", "tags"),
        summary=summary,
        language=language,
        front=front,
        meta=ours.meta_of(rest) if config.is_ours else _untaken(rest),
        body=body,
        first_line=first,
    )


def _untaken(rest: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rest.items() if key not in _TAKEN}


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable("is not UTF-8", line) from error


def _moment(found: Found, front: Mapping[str, Any], config: Config) -> datetime | None:
    written = front.get("date") or found.date
    if not written:
        return None
    try:
        return parse_moment(written, config.zone)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _address(
    found: Found,
    front: Mapping[str, Any],
    config: Config,
    at: datetime | None,
    categories: tuple[str, ...],
) -> str:
    own = str(front.get("permalink") or "")
    if own:
        return own if own.startswith("/") else f"/{own}"
    if found.kind == "page" or at is None:
        return page_address(config, found.path)
    slug = str(front.get("slug") or "")
    return post_address(config, name=found.name, moment=at, categories=categories, slug=slug)


def _title(front: Mapping[str, Any], found: Found) -> str:
    given = str(front.get("title") or "").strip()
    return given or " ".join(word.capitalize() for word in found.name.split("-") if word)


def _authors(front: Mapping[str, Any]) -> tuple[str, ...]:
    given = front.get("author") or front.get("authors") or ()
    people = given if isinstance(given, list) else [given] if given else []
    named = [person.get("name") if isinstance(person, dict) else person for person in people]
    return tuple(str(name).strip() for name in named if name)


def _several(front: Mapping[str, Any], one: str, many: str) -> tuple[str, ...]:
    """Read a field in both of Jekyll's forms; plural text holds words, or parts after commas."""
    found = _listed(front.get(one))
    plural = front.get(many)
    if isinstance(plural, str):
        found += [part.strip() for part in plural.split("," if "," in plural else None)]
    else:
        found += _listed(plural)
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def _listed(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [str(item) for item in items if item is not None and not isinstance(item, dict | list)]


def _take_text(front: dict[str, Any], *names: str) -> str:
    """Take the first of these fields that holds text out of the front matter."""
    for name in names:
        if isinstance(front.get(name), str) and front[name].strip():
            return " ".join(str(front.pop(name)).split())
    return ""


def _plain(value: Any) -> Any:
    """Return the value as every database can keep it: JSON, without NUL or half characters."""
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="replace").decode()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
