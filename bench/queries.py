"""Counts the SQL statements of a request, in a process of its own: `python -m bench.queries`.

Reads a JSON list of [request target, Cookie header] from standard input and prints a JSON list of
counts. Every address is asked twice, and the second time counts.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import Client

from bench.server import NO_PAGES, settings_for

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")
TIMEOUT = 120.0


class CountError(RuntimeError):
    """The counting process failed; the message holds what it said."""


def count_queries(folder: Path, asked: Sequence[tuple[str, str]]) -> list[int]:
    """Return how many statements each request makes on the instance in `folder`."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.queries"],
        check=False,
        input=json.dumps(asked),
        env=settings_for(folder, **NO_PAGES),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    if done.returncode:
        raise CountError(done.stderr[-2_000:])
    counts: list[int] = json.loads(done.stdout)
    return counts


def main() -> None:
    """Answer what standard input asks."""
    from dispatcher import application  # noqa: PLC0415 - reads the environment when imported

    seen: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def note(*arguments: Any) -> None:
        statement = arguments[2]
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            seen.append(statement)

    client = Client(application, use_cookies=False)
    counts = []
    for target, cookie in json.load(sys.stdin):
        for _ in range(2):
            seen.clear()
            status = client.get(target, headers={"Cookie": cookie}).status_code
        if status != 200:
            raise SystemExit(f"{target} answered {status}")
        counts.append(len(seen))
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
