"""The worker's process: `flask jobs run` and the server's own start it."""

import os
import signal
import sys
from threading import Event, Thread

from shared import logging as log
from shared.arenas import limit_arenas
from shared.jobs.worker import Worker
from shared.keys import KeyFileError
from shared.runtime import Runtime
from shared.settings import SettingsError

LOOK = 1.0  # seconds


def main() -> int:
    """Work until a signal comes or the parent is gone."""
    os.umask(0o007)
    limit_arenas()
    try:
        runtime = Runtime.from_env()
        runtime.key("jobs")
    except (SettingsError, KeyFileError) as error:
        print(f"triptych: {error}", file=sys.stderr)  # noqa: T201 - for the operator
        return 1
    log.configure(runtime.settings, app="jobs")
    work_until_told(runtime)
    return 0


def work_until_told(runtime: Runtime) -> None:
    """Run a worker until SIGTERM, SIGINT, or the end of the parent process."""
    end = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    parent = os.getppid()

    def watch() -> None:
        while not end.wait(LOOK):
            if os.getppid() != parent:
                end.set()

    Thread(target=watch, name="parent", daemon=True).start()
    Worker(runtime).run(end)


if __name__ == "__main__":
    sys.exit(main())
