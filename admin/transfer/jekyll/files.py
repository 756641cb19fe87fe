"""Which files of a folder hold posts, drafts and pages."""

import fnmatch
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from admin.transfer.jekyll.config import MARKDOWN, Config
from admin.transfer.report import Report

DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<name>.+)")
NOT_OURS = frozenset({"_site", "node_modules", "vendor", "_includes", "_layouts", "_sass", "_data"})
MAX_BYTES = 2_000_000


@dataclass(frozen=True)
class Found:
    """A file that may come in; `path` is relative, `kind` is `post`, `draft` or `page`.

    `date` and `name` are the two parts of the file's name; a draft or page may have no date.
    """

    path: str
    kind: str
    date: str
    name: str

    @property
    def upper_folders(self) -> tuple[str, ...]:
        """The folders above `_posts` or `_drafts`, which Jekyll takes for categories."""
        parts = PurePosixPath(self.path).parts[:-1]
        marks = [at for at, part in enumerate(parts) if part in {"_posts", "_drafts"}]
        return parts[: marks[0]] if marks and self.kind != "page" else ()


def find_files(folder: Path, config: Config, report: Report) -> list[Found]:
    """List what may come in, in the order of the names; what cannot is reported."""
    paths = sorted(_walk(folder, _excluded(config)))
    plain = not (folder / "_config.yml").exists() and not any("_posts/" in path for path in paths)
    found = []
    for path in paths:
        item = _classify(path, report, plain=plain)
        if item is not None and _is_inside(folder, item, report):
            found.append(item)
    return found


def _walk(folder: Path, excluded: list[str]) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        below = Path(here).relative_to(folder)
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS
            and not name.startswith(".")
            and not _matches((below / name).as_posix(), excluded)
        ]
        for name in names:
            path = (below / name).as_posix()
            if not name.startswith(".") and not _matches(path, excluded):
                yield path


def _excluded(config: Config) -> list[str]:
    listed = config.values.get("exclude")
    return [str(item).strip("/") for item in listed] if isinstance(listed, list) else []


def _matches(path: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns)


def _classify(path: str, report: Report, *, plain: bool) -> Found | None:
    """Say what a file is; `plain` marks a folder of posts that is no whole Jekyll site."""
    file = PurePosixPath(path)
    dated = DATED.fullmatch(file.stem)
    date, name = (dated["date"], dated["name"]) if dated else ("", file.stem)
    folders = set(file.parts[:-1])
    in_posts, in_drafts = "_posts" in folders, "_drafts" in folders
    if file.suffix.lower() not in MARKDOWN:
        if in_posts or in_drafts:
            _skip_other(path, report)
        return None
    if in_drafts:
        return Found(path, "draft", date, name)
    if in_posts or plain:
        if dated:
            return Found(path, "post", date, name)
        report.counts["read"] += 1
        report.skip(path, "its name does not begin with a date such as 2019-01-08-")
        return None
    collection = next((part for part in file.parts[:-1] if part.startswith("_")), "")
    if collection:
        report.counts["read"] += 1
        report.skip(path, f"belongs to the collection {collection}, not to the posts")
        return None
    return Found(path, "page", "", name)


def _skip_other(path: str, report: Report) -> None:
    """Name a file among the posts that no post is; pictures come in where they are shown."""
    if PurePosixPath(path).suffix.lower() in {".html", ".htm", ".textile", ".adoc", ".txt"}:
        report.counts["read"] += 1
        report.skip(path, "is not Markdown")


def _is_inside(folder: Path, item: Found, report: Report) -> bool:
    file = (folder / item.path).resolve()
    reason = ""
    if not file.is_relative_to(folder.resolve()):
        reason = "leads out of the folder"
    elif not file.is_file():
        reason = "is not a file"
    elif file.stat().st_size > MAX_BYTES:
        reason = f"has more than {MAX_BYTES:,} bytes"
    if reason:
        report.counts["read"] += 1
        report.skip(item.path, reason)
    return not reason
