"""Ways to serve the same static files, with the same names, headers and log line.

Under gunicorn `BENCH_WAY` names the way and `BENCH_FOLDER` what `copy_files` filled.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bench.hosted import Hosted
from bench.server import ROOT
from shared.settings import APPS
from shared.web.headers import security_headers
from shared.web.statics import HASHED, StaticFiles, Statics
from shared.wsgi.request_line import log_answer
from shared.wsgi.static_forms import FOLDER, find_forms

NONE: Final = "none"
OURS: Final = "ours"
OTHERS: Final = ("whitenoise.WhiteNoise", "servestatic.ServeStatic")
ENDINGS: Final = {"br": ".br", "gzip": ".gz"}


def nothing(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer for what no static file is: with 200, so that the server counts as started."""
    start_response("200 OK", [("Content-Length", "0")])
    return []


def copy_files(folder: Path) -> None:
    """Copy the files of all apps under plain and hashed names, with their compressed forms."""
    for app in APPS:
        source = ROOT / app / "static"
        statics = Statics(source)
        for name, file in statics.files.items():
            for known in (name, statics.hashed(name)):
                target = folder / app / known
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source / name, target)
                for coding, form in find_forms(FOLDER, file.digest).items():
                    shutil.copy(form, f"{target}{ENDINGS[coding]}")


def make(way: str, folder: Path) -> WSGIApplication:
    """Return an application that serves the files in `folder` below `/static/`."""
    headers = security_headers()
    if way == NONE:
        return nothing
    if way == OURS:
        app: WSGIApplication = nothing
        for name in APPS:
            own = Statics(ROOT / name / "static", headers)
            app = StaticFiles(app, own, f"/static/{name}/", name=name)
        return app

    def add(kept: Headers, *_: str) -> None:
        for name, value in headers:
            kept[name] = value

    module, _, attribute = way.partition(".")
    served: WSGIApplication = getattr(import_module(module), attribute)(
        nothing,
        root=str(folder),
        prefix="/static/",
        max_age=0,
        allow_all_origins=False,
        immutable_file_test=lambda _, url: HASHED.search(url) is not None,
        add_headers_function=lambda kept, _path, _url: [
            kept.__setitem__(*item) for item in headers
        ],
    )
    return logged(served)


def logged(app: WSGIApplication) -> WSGIApplication:
    """Write the log line that ours writes."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sent: list[str] = []

        def start(status: str, headers: Any, exc_info: Any = None, /) -> Any:
            sent.append(status)
            return start_response(status, headers, exc_info)

        body = app(environ, start)
        log_answer(environ, int(sent[0][:3]), 0)
        return body

    return call


class Served(Hosted):
    """What gunicorn serves."""

    def __init__(self, way: str, folder: Path) -> None:
        super().__init__()
        self.app = make(way, folder)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer in the chosen way."""
        return self.app(environ, start_response)


if "BENCH_WAY" in os.environ:
    sys.path.append(os.environ["BENCH_OTHERS"])
    application = Served(os.environ["BENCH_WAY"], Path(os.environ["BENCH_FOLDER"]))
