"""The first request after a publish beside one for the same page once it is stored."""

import time
from collections import defaultdict
from http.client import HTTPConnection
from typing import Final

from bench.checks import WrongAnswerError
from bench.clients import quantiles
from bench.context import Bench
from bench.crowd import page_of
from bench.editor import Editor, editing, shown
from bench.report import Column, Section
from shared.urls import path_to

PUBLISHES: Final = 60
POSTS: Final = 10  # the newest, which the front page shows
COLUMNS: Final = (
    Column("request"), Column("p50 ms", ".2f"), Column("p99 ms", ".2f"), Column("")
)  # fmt: skip
Times = dict[str, list[float]]


def measure(bench: Bench) -> Section:
    """Publish again and again in another process and ask at once."""
    times: Times = defaultdict(list)
    with bench.serving() as server, editing(bench.folder) as editor:
        connection = HTTPConnection("127.0.0.1", server.port)
        for turn in range(PUBLISHES):
            _publish_and_ask(bench, editor, turn, connection, times)
        connection.close()
    rows = []
    for name, taken in times.items():
        p50, p99 = quantiles(taken)
        rows.append((name, p50 * 1_000, p99 * 1_000, ""))
    title = f"the first request after a publish in another process, {PUBLISHES} times"
    return Section("publish", title, COLUMNS, rows)


def _publish_and_ask(
    bench: Bench, editor: Editor, turn: int, connection: HTTPConnection, times: Times
) -> None:
    entry = bench.plan.public[turn % POSTS]
    begun = time.perf_counter()
    number = editor.edit(entry)
    times["publishing by the verbs"].append(time.perf_counter() - begun)
    pages = [("front page", path_to("frontend", "posts.index")), ("the post", page_of(entry))]
    if turn % 2:  # whoever comes first also learns what changed
        pages.reverse()
    for name, path in pages:
        for when in ("first", "stored"):
            begun = time.perf_counter()
            connection.request("GET", path)
            page = connection.getresponse().read()
            times[f"{name}, {when}"].append(time.perf_counter() - begun)
            if f" edit {number}</".encode() not in page or shown(page) not in {0, number}:
                raise WrongAnswerError(f"{path} does not show edit {number}")
