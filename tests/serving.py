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
    process = port = None
    for _ in range(3):  # another program may take the free port first
        port = _free_port()
        process = _start(folder, port, settings)
        if _answers(port, process):
            break
    assert process is not None
    try:
        assert process.poll() is None, (folder / "console").read_text()
        link = re.search(r"^Set-up +(\S+)", (folder / "printed").read_text(), re.MULTILINE)
        setup = link[1] if link else ""
        yield Site(f"http://127.0.0.1:{port}", setup, folder / "instance")
    finally:
        process.terminate()
        process.wait(40)


def _start(folder: Path, port: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    env = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ} | settings
    env |= {"INSTANCE": str(folder / "instance"), "PORT": str(port)}
    with (folder / "printed").open("wb") as printed, (folder / "console").open("wb") as console:
        command = [sys.executable, "-m", "scripts.serve"]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=printed, stderr=console)


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until every app is up; False when the process ended instead."""
    deadline = time.monotonic() + 40
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=20):
                return True
        except OSError:  # refused, or not ready yet
            time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
