"""Compares ways to serve static files: `python -m bench.statics --others FOLDER`.

`FOLDER` is where pip put the others: `pip install --target FOLDER whitenoise servestatic`. Each
serves the same files under the same names with the same headers, compressed beforehand, and
writes the same log line.
"""

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, Final
from wsgiref.types import WSGIApplication

from bench.clients import CONNECTIONS, ask_by_wrk
from bench.report import aligned
from bench.server import Server, serving
from bench.static_ways import ENDINGS, NONE, OTHERS, OURS, copy_files, make

ACCEPT: Final = "gzip, deflate, br"
SMALL: Final = "/static/admin/css/base.css"
LARGE: Final = "/static/admin/vendor/codemirror/editor.js"
TURNS: Final = 5
CALLS: Final = 2_000
SECONDS: Final = 2


@dataclass(frozen=True)
class Question:
    """A file, and whether the client has it already."""

    name: str
    path: str
    is_known: bool = False


QUESTIONS: Final = (
    Question("5 KB", SMALL),
    Question("695 KB", LARGE),
    Question("304", SMALL, is_known=True),
)


class Wrapper:
    """As a server's own, which sends the file without Python."""

    def __init__(self, file: io.IOBase, _block: int = 0) -> None:
        self.close = file.close


def cost(app: WSGIApplication, path: str, **headers: str) -> tuple[float, str]:
    """Return the CPU microseconds of an answer, its sending left out, and its tag."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "HTTP_ACCEPT_ENCODING": ACCEPT,
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        "wsgi.file_wrapper": Wrapper,
        **headers,
    }
    sent: list[list[tuple[str, str]]] = []

    def start(_status: str, kept: list[tuple[str, str]], _info: Any = None, /) -> Any:
        sent.append(kept)

    def ask() -> None:
        close: Callable[[], None] | None = getattr(app(dict(environ), start), "close", None)
        if close:
            close()

    spells = []
    for _ in range(TURNS):
        begun = time.process_time()
        for _ in range(CALLS):
            sent.clear()
            ask()
        spells.append((time.process_time() - begun) / CALLS * 1e6)
    return median(spells), dict(sent[0]).get("ETag", "")


def rows(folder: Path, others: Path) -> Iterator[tuple[str, ...]]:
    """Measure each way and return its line of the table."""
    ways = [OURS, *(way for way in OTHERS if find_spec(way.partition(".")[0]))]
    empty = memory(folder, others, NONE)
    for way in ways:
        app = make(way, folder)
        tags = {question: cost(app, question.path)[1] for question in QUESTIONS}
        known = {q: {"HTTP_IF_NONE_MATCH": tags[q]} if q.is_known else {} for q in QUESTIONS}
        costs = [f"{cost(app, q.path, **known[q])[0]:.1f}" for q in QUESTIONS]
        with serving_way(way, folder, others) as server:
            loads = [load(server, q, tags[q]) for q in QUESTIONS]
        held = memory(folder, others, way) - empty
        spent = [f"{cpu:.0f}" for _, cpu in loads]
        rates = [f"{rate:,.0f}" for rate, _ in loads]
        yield (way.rpartition(".")[2], *costs, *spent, *rates, f"{held:.1f}")


def load(server: Server, question: Question, tag: str) -> tuple[float, float]:
    """Return requests per second under load, and CPU microseconds of the workers for each."""
    headers = {"Accept-Encoding": ACCEPT} | ({"If-None-Match": tag} if question.is_known else {})
    spells = []
    for _ in range(TURNS):
        before = server.cpu()
        done = ask_by_wrk(server.port, question.path, headers, CONNECTIONS, SECONDS)
        spells.append((done.requests / done.seconds, (server.cpu() - before) / done.requests * 1e6))
    rates, costs = zip(*spells, strict=True)
    return median(rates), median(costs)


def memory(folder: Path, others: Path, way: str) -> float:
    """Return the megabytes of a worker that has sent every file in every coding."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    targets = [f"/static/{name}" for name in names if not name.endswith(tuple(ENDINGS.values()))]
    with serving_way(way, folder, others, WORKERS="1") as server:
        for target in targets:
            for accept in ("identity", "gzip", "br"):
                connection = HTTPConnection("127.0.0.1", server.port)
                connection.request("GET", target, headers={"Accept-Encoding": accept})
                connection.getresponse().read()
                connection.close()
        return server.memory().rss


def serving_way(
    way: str, folder: Path, others: Path, **more: str
) -> AbstractContextManager[Server]:
    """Start gunicorn on one way."""
    instance = folder.with_name(f"instance-{way}")
    instance.mkdir(exist_ok=True)
    env = {"BENCH_WAY": way, "BENCH_FOLDER": str(folder), "BENCH_OTHERS": str(others)}
    return serving("bench.static_ways:application", instance, **env, **more)


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="bench.statics", description=__doc__)
    parser.add_argument("--others", type=Path, default=Path(), metavar="FOLDER")
    others: Path = parser.parse_args().others.absolute()
    sys.path.append(str(others))
    heads = (
        "way",
        *(f"{q.name} {unit}" for unit in ("µs", "CPU µs", "req/s") for q in QUESTIONS),
        "MB",
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "files"
        copy_files(folder)
        print(aligned([heads, *rows(folder, others)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
