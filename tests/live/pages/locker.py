"""A process that holds a lock of a SQLite database until it is told to let go.

`python -m tests.live.pages.locker KIND FILE` says `held` once it does, and ends with its input.
"""

import fcntl
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.sqlite_driver import load_driver
from tests.live.conftest import ROOT

LOCKS_OF_WAL, COUNT = 120, 8  # SQLite's lock bytes in the shared memory: WAL-index format, 2.3.1
HEADERS = 136  # bytes of it


def hold_write(file: str) -> object:
    """Begin to write and never end: other writers wait, readers do not."""
    connection = load_driver().connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def hold_exclusive(file: str) -> object:
    """Have the file for oneself; works while nobody else has it open."""
    connection = load_driver().connect(file, isolation_level=None)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def hold_recovery(file: str) -> object:
    """Stop in the middle of what follows a crash, making the log's index anew: nobody can read."""
    memory = Path(f"{file}-shm").open("r+b", buffering=0)  # noqa: SIM115 - held until the end
    wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, LOCKS_OF_WAL, COUNT, 0)
    fcntl.fcntl(memory, fcntl.F_SETLKW, wanted)
    memory.write(bytes(HEADERS))  # which whoever comes next makes anew
    return memory


@contextmanager
def locking(kind: str, file: Path) -> Iterator[None]:
    """Have another process hold a lock until the block ends."""
    command = [sys.executable, "-m", "tests.live.pages.locker", kind, str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"held\n"
            yield
        finally:
            process.kill()


if __name__ == "__main__":
    KINDS = {"write": hold_write, "exclusive": hold_exclusive, "recovery": hold_recovery}
    held = KINDS[sys.argv[1]](sys.argv[2])
    sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.stdin.read()
