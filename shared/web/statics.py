"""Static files whose URL carries a hash of their content, so that browsers keep them for good."""

import hashlib
import mimetypes
import re
from functools import cached_property, lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for

YEAR = 31_536_000
HASHED = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{10})(?P<suffix>\.[A-Za-z0-9]+)")


class Statics:
    """The static files of one app; only what lies in the folder at the start is served."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {
            path.relative_to(self._folder).as_posix(): _hash(path.read_bytes())
            for path in self._folder.rglob("*")
            if path.is_file()
        }

    def hashed(self, filename: str) -> str:
        """Return the name under which a file may be kept for good; KeyError when there is none."""
        stem, dot, suffix = filename.rpartition(".")
        return f"{stem}.{self._hashes[filename]}{dot}{suffix}"

    def find(self, name: str) -> tuple[Path, bool] | None:
        """Return the file of a name, and whether the name carries its hash; None for no file."""
        if name in self._hashes:
            return self._folder / name, False
        match = HASHED.fullmatch(name)
        plain = match["stem"] + match["suffix"] if match else ""
        if match is None or plain not in self._hashes:
            return None
        return self._folder / plain, match["hash"] == self._hashes[plain]


def serve_statics(app: Flask, rule: str) -> None:
    """Serve an app's `static` folder at `rule` and give its templates `static_url(filename)`."""
    files = Statics(Path(app.root_path) / "static")

    def static(filename: str) -> Response:
        found = files.find(filename)
        if found is None:
            abort(404)
        path, current = found
        return _answer(path, keep=current and not app.debug)

    @lru_cache(maxsize=1_024)
    def address(_root: str, filename: str) -> str:
        return url_for("static", filename=filename if app.debug else files.hashed(filename))

    def static_url(filename: str) -> str:
        return address(request.script_root, filename)

    app.add_url_rule(rule, "static", static)
    app.add_template_global(static_url)


def _answer(path: Path, *, keep: bool) -> Response:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = Response(body, mimetype=kind)
    if keep:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    response.set_etag(_hash(body))
    response.make_conditional(request)
    return response


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:10]
