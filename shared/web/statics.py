"""Static files whose URL carries a hash of their content, so that browsers keep them for good."""

import hashlib
import re
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

YEAR = 31_536_000
HASHED = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{10})(?P<suffix>\.[A-Za-z0-9]+)")


class Statics:
    """The static files of one app: names with a hash lead to the file without it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {
            path.relative_to(self._folder).as_posix(): _hash(path)
            for path in self._folder.rglob("*")
            if path.is_file()
        }

    def hashed(self, filename: str) -> str:
        """Return the name under which a file may be kept for good; KeyError when there is none."""
        stem, dot, suffix = filename.rpartition(".")
        return f"{stem}.{self._hashes[filename]}{dot}{suffix}"

    def resolve(self, name: str) -> tuple[str, bool]:
        """Return the file behind a name, and whether the name carries its present hash."""
        match = HASHED.fullmatch(name)
        if match is None:
            return name, False
        plain = match["stem"] + match["suffix"]
        return plain, self._hashes.get(plain) == match["hash"]


def serve_statics(app: Flask, rule: str) -> None:
    """Serve an app's `static` folder at `rule` and give its templates `static_url(filename)`."""
    folder = Path(app.root_path) / "static"
    files = Statics(folder)

    def static(filename: str) -> Response:
        plain, current = files.resolve(filename)
        response = send_from_directory(folder, plain, conditional=True, etag=True)
        if current and not app.debug:
            response.cache_control.max_age = YEAR
            response.cache_control.public = True
            response.cache_control.immutable = True
        else:
            response.cache_control.no_cache = True
        return response

    def static_url(filename: str) -> str:
        return url_for("static", filename=filename if app.debug else files.hashed(filename))

    app.add_url_rule(rule, "static", static)
    app.add_template_global(static_url)


def is_static() -> bool:
    """Tell whether the request at hand is for a static file."""
    return request.endpoint == "static"


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
