"""The worker of jobs as a companion of the server: begun, renewed and ended together with it."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRACE = 28.0  # seconds, below gunicorn's own


class Companion:
    """A process `python -m shared.jobs`, which ends by itself when its parent is gone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin it, with the code as it lies on disk now; the one before is ended first."""
        self.stop()
        command = [sys.executable, "-m", "shared.jobs"]
        self._process = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 - our own module

    def stop(self) -> None:
        """End it, once the job in hand is done."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
            return
        process.kill()
