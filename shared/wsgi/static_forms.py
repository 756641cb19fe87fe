"""The compressed forms of static files, made once when Triptych is installed.

A form is named by the hash of the plain bytes, so that one of other bytes is never found, and by
the hash of its own, so that one that is not whole is not used. Where there is none, the plain
bytes do.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from shared.wsgi.codings import FILE_QUALITY, compressed

FOLDER: Final = Path(__file__).parents[2] / ".cache" / "static"
CODINGS: Final = ("br", "gzip")
OWN: Final = 16  # hexadecimal digits of a form's own hash in its name


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file, which is not held in memory whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_forms(folder: Path, digest: str) -> dict[str, Path]:
    """Return the whole forms of the file with a hash, by coding; none where it cannot be read."""
    try:
        whole = [path for path in folder.glob("*.*.*") if _is_whole(path, digest)]
    except OSError:
        return {}
    return {path.suffix[1:]: path for path in whole}


def make_forms(folder: Path, files: Iterable[tuple[bytes, str]]) -> int:
    """Make the forms of files, given as body and media type, and remove all others.

    Returns how many files were compressed anew; raises OSError where it cannot write.
    """
    kept: set[Path] = set()
    made = 0
    for body, media_type in files:
        digest = digest_of(body)
        forms = find_forms(folder, digest)
        if len(forms) < len(CODINGS):
            forms = _make(folder, digest, compressed(body, media_type, quality=FILE_QUALITY))
            made += bool(forms)
        kept.update(forms.values())
    for path in {path for coding in CODINGS for path in folder.glob(f"*.{coding}")} - kept:
        path.unlink(missing_ok=True)
    return made


def _is_whole(path: Path, digest: str) -> bool:
    plain, own, coding = path.name.split(".", 2)
    return plain == digest and coding in CODINGS and own == digest_of_file(path)[:OWN]


def _make(folder: Path, digest: str, bodies: Mapping[str, bytes]) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for coding in CODINGS:
        if coding in bodies:
            own = digest_of(bodies[coding])[:OWN]
            paths[coding] = folder / f"{digest}.{own}.{coding}"
            _write(paths[coding], bodies[coding])
    return paths


def _write(path: Path, form: bytes) -> None:
    """Write beside the place and rename, so that nobody reads half a form."""
    draft = path.with_name(f".{secrets.token_hex(8)}")
    try:
        draft.write_bytes(form)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
