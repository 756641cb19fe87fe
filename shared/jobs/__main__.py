"""`python -m shared.jobs`: the worker as a process beside the server, and who looks after it.

This process only starts the worker, starts another when it ends, and ends with the server that
began it. It loads nothing that takes memory.
"""

import os
import signal
import subprocess
import sys
import time
from threading import Event

LOOK = 0.5  # seconds
LONGEST_PAUSE = 60.0
WORK = [sys.executable, "-m", "shared.jobs.working"]
GRACE = 25.0


def main() -> int:
    """Keep one worker running until a signal comes or the parent is gone."""
    end = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda *_: end.set())
    parent = os.getppid()
    pause = 1.0
    while not end.is_set():
        began = time.monotonic()
        worker = subprocess.Popen(WORK)  # noqa: S603 - our own module
        while worker.poll() is None and not end.wait(LOOK):
            if os.getppid() != parent:
                end.set()
        if end.is_set():
            finish(worker)
            break
        pause = 1.0 if time.monotonic() - began > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        end.wait(pause)
    return 0


def finish(worker: "subprocess.Popen[bytes]") -> None:
    """Let a worker end what it has in hand."""
    worker.terminate()
    try:
        worker.wait(GRACE)
    except subprocess.TimeoutExpired:
        worker.kill()


if __name__ == "__main__":
    sys.exit(main())
