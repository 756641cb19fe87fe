"""Archives of a test's instance, opened."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import yaml

from admin.transfer.export import Report, Scope, write_archive
from shared import media
from shared.content import frontmatter
from shared.models import Redirect
from shared.runtime import Runtime
from tests.cast import NOON

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
SITE_FILES = [
    *("_config.yml", "site.yaml", "categories.yaml", "media.yaml", "tags.yaml"),
    *("authors.yaml", "redirects.csv", "REPORT.txt"),
]


@dataclass
class Archive:
    """What came out: the ZIP and the report."""

    zip: ZipFile
    report: Report

    @property
    def names(self) -> list[str]:
        """The paths of posts, pages and media."""
        return [name for name in self.zip.namelist() if name not in SITE_FILES]

    def text(self, name: str) -> str:
        """Return one file's text."""
        return self.zip.read(name).decode()

    def yaml(self, name: str) -> Any:
        """Return one file's values."""
        return yaml.safe_load(self.text(name))

    def fields(self, name: str) -> dict[str, Any]:
        """Return a post's front matter."""
        return frontmatter.parse(self.text(name))[0]

    def body(self, name: str) -> str:
        """Return a post's text."""
        return frontmatter.parse(self.text(name))[1]

    def unpack(self, folder: Path) -> Path:
        """Unpack everything as a person would."""
        self.zip.extractall(folder)
        return folder


def take_out(runtime: Runtime, **scope: bool) -> Archive:
    """Export an instance."""
    report = Report()
    return opened(write_archive(runtime, Scope(**scope), report), report)


def opened(chunks: Iterable[bytes], report: Report | None = None) -> Archive:
    """Open what was written; every entry's checksum holds."""
    archive = ZipFile(io.BytesIO(b"".join(chunks)))
    assert archive.testzip() is None
    return Archive(archive, report or Report())


def store(runtime: Runtime, data: bytes = PNG, name: str = "图.png") -> str:
    """Keep a file and return its address."""
    return media.store(runtime.settings.instance, data, name)


def add_redirect(runtime: Runtime, path: str, **to: Any) -> None:
    """Lead an old path somewhere."""
    with runtime.database.writing() as session:
        moment = {"created_at": NOON, "updated_at": NOON}
        session.add(Redirect(path=path, **({"status": 301} | to), **moment))
        session.commit()


def at(text: str) -> datetime:
    """Return an instant."""
    return datetime.fromisoformat(text)
