"""An editor in a process of its own, who gives posts new titles and publishes them.

`python -m bench.editor` reads lines of a post's id and the number of the edit, works on the
instance of its environment, and writes a line when the edit is committed.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from bench.content import Entry
from bench.server import settings_for
from shared.clock import utc_now
from shared.domain.posts import content_of, get_post, publish, save_post
from shared.domain.work import SYSTEM, Work
from shared.runtime import Runtime

_MARK: Final = re.compile(r" edit (\d+)$")
_HEADING: Final = re.compile(rb"<h1[^>]*>[^<]* edit (\d+)</h1>")


class EditError(RuntimeError):
    """The editor's process ended."""


@dataclass(frozen=True)
class Editor:
    """The process, from outside."""

    asked: IO[str]
    told: IO[str]

    def edit(self, entry: Entry) -> int:
        """Return the number of an edit once it is committed; later ones have larger numbers."""
        number = time.time_ns() // 1_000_000
        self.asked.write(f"{entry.number} {number}\n")
        self.asked.flush()
        if self.told.readline() != f"{number}\n":
            raise EditError(f"an edit of post {entry.number} failed")
        return number


@contextmanager
def editing(folder: Path) -> Iterator[Editor]:
    """Give an editor of the instance in `folder`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.editor"],
        env=settings_for(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Editor(process.stdin, process.stdout)
    finally:
        process.communicate()


def shown(page: bytes) -> int:
    """Return the number of the edit that a post's page shows, 0 before the first."""
    found = _HEADING.search(page)
    return int(found[1]) if found else 0


def titled(title: str, number: int) -> str:
    """Return a post's title after an edit."""
    return f"{_MARK.sub('', title)} edit {number}"


def save(runtime: Runtime, post_id: int, number: int) -> None:
    """Change title and text of a post, and publish it."""
    with runtime.database.writing() as session:
        work = Work(session=session, actor=SYSTEM, at=utc_now())
        post = get_post(session, post_id)
        before = content_of(post)
        body = f"{before.body.partition(' Edited ')[0]} Edited {number} times."
        content = replace(before, title=titled(before.title, number), body=body)
        save_post(post, content, version=None, work=work)
        publish(post, version=None, work=work)
        session.commit()


def main() -> None:
    """Do what standard input asks."""
    runtime = Runtime.from_env()
    for line in sys.stdin:
        post_id, number = map(int, line.split())
        save(runtime, post_id, number)
        print(number, flush=True)


if __name__ == "__main__":
    main()
