"""A gunicorn of our configuration on a free port: its start, processor time and memory."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from shared.page_counts import WAYS

ROOT: Final = Path(__file__).parent.parent
WORKERS: Final = 2
THREADS: Final = 8
PATIENCE: Final = 30.0  # seconds for a start
TICKS: Final = os.sysconf("SC_CLK_TCK")
# All connections of the load may meet in one worker: no bulkhead may refuse them.
SETTINGS: Final = {
    "BIND": "127.0.0.1",
    "PORT": "0",
    "WORKERS": str(WORKERS),
    "THREADS": str(THREADS),
    "LIMIT_ADMIN": str(THREADS),
    "LIMIT_API": str(THREADS),
}
NO_PAGES: Final = {"PAGES_MEMORY": "0", "PAGES_DISK": "0"}  # every page is rendered anew
LOG_PAUSE: Final = 0.5  # seconds after which every request is in the log


class ServerError(RuntimeError):
    """The server did not start or does not answer; the message holds its last lines."""


@dataclass(frozen=True)
class Memory:
    """Megabytes of the workers together: resident, and with shared pages counted once."""

    rss: float
    pss: float


@dataclass(frozen=True)
class Server:
    """A running server; `started` is the seconds from its call to its first answer."""

    port: int
    pid: int
    started: float
    console: Path

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu(self) -> float:
        """Return the seconds of processor time that the workers have used."""
        return sum(_cpu_of(pid) for pid in self.workers)

    def memory(self) -> Memory:
        """Return what the workers hold."""
        rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.workers]
        return Memory(
            *(sum(_kilobytes(text, name) for text in rollups) / 1024 for name in ("Rss", "Pss"))
        )

    def mark(self) -> int:
        """Return where the log stands once all that was answered so far is in it."""
        time.sleep(LOG_PAUSE)
        return self.console.stat().st_size

    def ways(self, since: int) -> Counter[str]:
        """Count how pages were answered since a mark, by the last word of their lines."""
        time.sleep(LOG_PAUSE)
        with self.console.open(encoding="utf-8", errors="replace") as log:
            log.seek(since)
            lines = [line.split() for line in log if "triptych.access" in line]
        return Counter(words[-1] for words in lines if words[-1] in WAYS)


def settings_for(folder: Path, **more: str) -> dict[str, str]:
    """Return the whole environment of a server on the instance in `folder`."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return inherited | SETTINGS | {"INSTANCE": str(folder)} | more


@contextmanager
def serving(application: str, folder: Path, *, probe: str = "/", **more: str) -> Iterator[Server]:
    """Start a server on the instance in `folder`, and stop it whatever happens.

    It has started when it answers `probe` with 200.
    """
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", application]
    console = folder.with_name(f"{folder.name}.console")
    begun = time.perf_counter()
    with console.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=settings_for(folder, **more),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        port = _wait_for_port(process, console, begun)
        _wait_for_answer(process, console, port, probe, begun)
        yield Server(port, process.pid, time.perf_counter() - begun, console)
    finally:
        _stop(process)


def _wait_for_port(process: subprocess.Popen[bytes], console: Path, begun: float) -> int:
    while True:
        text = console.read_text(errors="replace")
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", text):
            return int(found[1])
        _check_alive(process, text, begun)


def _wait_for_answer(
    process: subprocess.Popen[bytes], console: Path, port: int, probe: str, begun: float
) -> None:
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", probe)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        _check_alive(process, console.read_text(errors="replace"), begun)


def _check_alive(process: subprocess.Popen[bytes], text: str, begun: float) -> None:
    late = time.perf_counter() - begun > PATIENCE
    if late or process.poll() is not None:
        raise ServerError("the server did not start:\n" + "\n".join(text.splitlines()[-40:]))
    time.sleep(0.005)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _cpu_of(pid: int) -> float:
    """Read utime and stime, fields 14 and 15 of proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _kilobytes(rollup: str, name: str) -> int:
    found = re.search(rf"^{name}: +(\d+) kB", rollup, re.MULTILINE)
    assert found is not None
    return int(found[1])
