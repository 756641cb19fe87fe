"""The folder of the instance: who may read it, who can write, and how much room there is."""

import os
import shutil
import tempfile
from pathlib import Path

from admin.doctor.finding import Check, Finding
from shared.logging import log_path
from shared.runtime import Runtime
from shared.settings import APPS
from shared.wsgi.static_forms import FOLDER, digest_of_file, find_forms

ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000
WORTH_IT = 2_000  # bytes; smaller files may stay as they are
LITTLE_ROOM, NO_ROOM = 2_000 * MEGABYTE, 200 * MEGABYTE


def check_folder(runtime: Runtime) -> Finding:
    """The folder is there, writable, and nobody else's to read."""
    folder = runtime.settings.instance
    if not folder.is_dir():
        advice = "Name it in INSTANCE, or begin with: make run"
        return Finding("folder", "error", f"{folder} is not there", advice)
    if not is_writable(folder):
        advice = "Give it to the account that serves"
        return Finding("folder", "error", f"{folder} cannot be written to", advice)
    if folder.stat().st_mode & 0o007:
        text = f"{folder} is open to every account of this machine"
        return Finding("folder", "warning", text, f"chmod o= {folder}")
    return Finding("folder", "ok", str(folder))


def check_key(runtime: Runtime) -> Finding:
    """The master key is for the server alone."""
    if runtime.settings.secret_key:
        return Finding("key", "ok", "given by SECRET_KEY")
    path = runtime.settings.instance / "keys" / "master.key"
    if not path.is_file():
        advice = "It is made at the first start; else restore it from a backup"
        return Finding("key", "warning", f"{path} is not there", advice)
    others = path.stat().st_mode & 0o077 or path.parent.stat().st_mode & 0o022
    if others:
        text = f"others can read or replace {path}"
        return Finding("key", "error", text, f"chmod 600 {path}; chmod 700 {path.parent}")
    return Finding("key", "ok", str(path))


def check_room(runtime: Runtime) -> Finding:
    """The disk has room for some time."""
    folder = nearest(runtime.settings.instance)
    free = shutil.disk_usage(folder).free
    text = f"{free // MEGABYTE:,} MB free at {folder}"
    if free < NO_ROOM:
        return Finding("room", "error", text, "Saving fails when it is full: make room now")
    if free < LITTLE_ROOM:
        return Finding("room", "warning", text, "Make room, or give the instance a larger disk")
    return Finding("room", "ok", text)


def check_log(runtime: Runtime) -> Finding:
    """The log can be written."""
    path = log_path(runtime.settings)
    return _writable("log", path.parent, path)


def check_media(runtime: Runtime) -> Finding:
    """Pictures can be stored."""
    return _writable("media", runtime.settings.instance / "media")


def check_statics(_: Runtime) -> Finding:
    """The compressed forms of the static files are those of the files."""
    sheets = [
        path
        for app in APPS
        for path in (ROOT / app / "static").rglob("*.css")
        if path.stat().st_size >= WORTH_IT
    ]
    bare = [path for path in sheets if not find_forms(FOLDER, digest_of_file(path))]
    if bare:
        text = f"{len(bare)} of {len(sheets)} style sheets have no compressed form"
        return Finding("static files", "warning", text, "Run: make install")
    return Finding("static files", "ok", "compressed")


def _writable(name: str, folder: Path, file: Path | None = None) -> Finding:
    if not is_writable(nearest(folder)) or (
        file and file.exists() and not os.access(file, os.W_OK)
    ):
        advice = "Give it to the account that serves"
        return Finding(name, "error", f"{file or folder} cannot be written to", advice)
    return Finding(name, "ok", str(file or folder))


def nearest(path: Path) -> Path:
    """Return the path itself, or the nearest folder above it that is there."""
    path = path.resolve()
    while not path.exists():
        path = path.parent
    return path


def is_writable(folder: Path) -> bool:
    """Try it: permissions are not all that can forbid writing."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"?")
    except OSError:
        return False
    return True


FILE_CHECKS: tuple[Check, ...] = (
    check_folder,
    check_key,
    check_room,
    check_log,
    check_media,
    check_statics,
)
