"""The platform as `make run` starts it: a new instance, a free port, the printed link."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Site:
    """A running platform: its address without a slash at the end, and the link as printed."""

    address: str
    setup: str
    instance: Path


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Site]:
    """Run what `make run` runs on a new instance in a folder until the block ends."""
    for _ in range(3):  # another program may take the free port first
        port = _free_port()
        process = _start(folder, port, settings)
        try:
            if _answers(port, process, folder / "printed"):
                link = re.search(r"^Set-up +(\S+)", _read(folder / "printed"), re.MULTILINE)
                address = f"http://127.0.0.1:{port}"
                yield Site(address, link[1] if link else "", folder / "instance")
                return
            if process.poll() is None:
                break
        finally:
            process.terminate()
            process.wait(40)
    raise RuntimeError(f"the platform did not start:\n{_read(folder / 'console')[-5_000:]}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _start(folder: Path, port: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    env = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    env |= {"JOBS": "0"} | settings  # a process less, where no test looks for it
    env |= {"INSTANCE": str(folder / "instance"), "PORT": str(port)}
    with (folder / "printed").open("wb") as printed, (folder / "console").open("wb") as console:
        command = [sys.executable, "-m", "scripts.serve"]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=printed, stderr=console)


def _answers(port: int, process: subprocess.Popen[bytes], printed: Path) -> bool:
    """Wait until every app is up; False when the process ended, or they are not in a minute."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if not _read(printed):  # until then the port may be somebody else's
                time.sleep(0.05)
                continue
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=20):
                return True
        except OSError:  # refused, or not ready yet
            time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
