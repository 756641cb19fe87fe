"""A PostgreSQL server that hangs, or is stopped and started, at a test's word."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGCONT, SIGSTOP

from tests.servers import NOBODY, postgres_bin


def data_of(url: str) -> Path:
    """Return the folder of a server of `tests.servers`, by the URL of one of its databases."""
    found = re.search(r"host=([^&]+)", url)
    assert found
    return Path(found[1]) / "data"


@contextmanager
def hanging(url: str) -> Iterator[None]:
    """Let every process of a server stand still until the block ends."""
    main = int((data_of(url) / "postmaster.pid").read_text().split()[0])
    held: list[int] = []
    try:
        held.append(main)
        os.kill(main, SIGSTOP)
        for child in Path(f"/proc/{main}/task/{main}/children").read_text().split():
            held.append(int(child))
            os.kill(int(child), SIGSTOP)
        yield
    finally:
        for process in reversed(held):
            os.kill(process, SIGCONT)


@contextmanager
def stopped(url: str) -> Iterator[None]:
    """Stop a server, and start it again when the block ends."""
    data = data_of(url)
    _, *given = shlex.split((data / "postmaster.opts").read_text())
    _call("-m", "fast", "stop", data=data)
    try:
        yield
    finally:
        options = shlex.join(given[given.index("-k") :])
        _call("-o", options, "-l", str(data.parent / "log"), "start", data=data)


def _call(*arguments: str, data: Path) -> None:
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
    subprocess.run(
        [postgres_bin() / "pg_ctl", "-D", str(data), "-w", *arguments],
        check=True,
        cwd=data.parent,
        env={"LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **as_nobody,
    )
