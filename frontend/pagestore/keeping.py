"""Puts the page store in front of the site's application."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import Flask

from frontend.pagestore.copies import Copies
from frontend.pagestore.store import PageStore
from shared.models import reads
from shared.runtime import Runtime

ROOT: Final = Path(__file__).parent.parent.parent
ROOMS: Final = ("frontend", "shared")
SEEN_BY_PAGES: Final = ("site_url", "admin_url", "api_url", "port")


def keep_pages(app: Flask, runtime: Runtime) -> None:
    """Have an application's pages kept; a debugged one renders each time."""
    settings = runtime.settings
    copies = None
    if settings.pages_disk and not settings.debug:
        folder = settings.instance / "pages"
        copies = Copies(folder, limit=settings.pages_disk, build=build_of(runtime))
    store = PageStore(app.wsgi_app, runtime, copies)
    for engine in (runtime.database.reader, runtime.database.writer):
        reads.watch(engine)
    app.wsgi_app = store  # type: ignore[method-assign]  # as Flask's documentation has it
    app.extensions["pages"] = store


def build_of(runtime: Runtime) -> str:
    """Return what tells pages of this code, key and settings from those of others."""
    told = hashlib.sha256(runtime.key("pages"))  # forms on pages hold what it made
    for name in SEEN_BY_PAGES:
        told.update(repr(getattr(runtime.settings, name)).encode())
    told.update((ROOT / "requirements.txt").read_bytes())
    for file in _sources():
        about = file.stat()
        told.update(f"{file}{about.st_mtime_ns}{about.st_size}".encode())
    return told.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.*")):
            if "__pycache__" not in file.parts and file.is_file():
                yield file
