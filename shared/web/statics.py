"""Static files whose URL carries a hash of their content, so that browsers keep them for good."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, request, url_for

from shared.log_context import app_name
from shared.wsgi.finished import Header
from shared.wsgi.static_files import FOREVER, REVALIDATE, StaticFile, load
from shared.wsgi.static_forms import FOLDER

HASHED: Final = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{10})(?P<suffix>\.[A-Za-z0-9]+)")


class Statics:
    """The static files of one app; only what lies in the folder at the start is served."""

    def __init__(self, folder: Path, headers: Sequence[Header] = (), forms: Path = FOLDER) -> None:
        self._parts = folder, headers, forms

    def anew(self) -> "Statics":
        """Return the files as they are now."""
        return Statics(*self._parts)

    @cached_property
    def files(self) -> dict[str, StaticFile]:
        """The files by their plain name, read when first asked for."""
        return load(*self._parts)

    @cached_property
    def answers(self) -> dict[str, tuple[StaticFile, Header]]:
        """The files by plain and by hashed name, with how each may be kept."""
        hashed = {self.hashed(name): (file, FOREVER) for name, file in self.files.items()}
        return hashed | {name: (file, REVALIDATE) for name, file in self.files.items()}

    def hashed(self, name: str) -> str:
        """Return the name under which a file may be kept for good; KeyError when there is none."""
        suffix = PurePosixPath(name).suffix
        return f"{name.removesuffix(suffix)}.{self.files[name].digest[:10]}{suffix}"

    def find(self, name: str) -> tuple[StaticFile, Header] | None:
        """Return the file of a name and how it may be kept; the hash of another day is none."""
        found = self.answers.get(name)
        if found is None and (match := HASHED.fullmatch(name)):
            found = self.answers.get(match["stem"] + match["suffix"])
        return found


class StaticFiles:
    """WSGI middleware that answers GET and HEAD for an app's static files.

    Everything else goes on to `app`, which knows the methods and has the answer for a file that
    is not there. With `fresh` the folder is read for each request.
    """

    def __init__(
        self, app: WSGIApplication, statics: Statics, prefix: str, *, name: str, fresh: bool = False
    ) -> None:
        self._app = app
        self._statics = statics
        self._prefix = prefix
        self._name = name
        self._fresh = fresh

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if path.startswith(self._prefix) and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            name = path[len(self._prefix) :].encode("latin-1").decode("utf-8", "replace")
            found = self._find(name)
            if found is not None:
                app_name.set(self._name)
                try:
                    return found[0].answer(environ, start_response, found[1])
                except FileNotFoundError:
                    pass
        return self._app(environ, start_response)

    def _find(self, name: str) -> tuple[StaticFile, Header] | None:
        if not self._fresh:
            return self._statics.find(name)
        found = self._statics.anew().find(name)
        return found and (found[0], REVALIDATE)


def serve_statics(app: Flask, rule: str, headers: Sequence[Header]) -> None:
    """Serve an app's `static` folder at `rule` and give its templates `static_url(filename)`.

    `headers` are those that every answer of the app carries.
    """
    statics = Statics(Path(app.root_path) / "static", headers)

    def static(filename: str) -> Response:  # noqa: ARG001 - a part of the rule
        abort(404)  # those that are there do not come so far

    @lru_cache(maxsize=1_024)
    def address(_root: str, filename: str) -> str:
        return url_for("static", filename=filename if app.debug else statics.hashed(filename))

    def static_url(filename: str) -> str:
        return address(request.script_root, filename)

    app.add_url_rule(rule, "static", static)
    app.add_template_global(static_url)
    app.wsgi_app = StaticFiles(  # type: ignore[method-assign]  # as Flask tells middleware to do
        app.wsgi_app, statics, rule.partition("<")[0], name=app.name, fresh=app.debug
    )
