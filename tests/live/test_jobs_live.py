"""The worker of jobs beside a real server: begun with it, replaced when killed, gone with it."""

import os
import signal
import time
from pathlib import Path

from shared.domain import jobs
from shared.domain.work import SYSTEM, Work
from shared.models import Job
from shared.runtime import Runtime
from shared.settings import Settings
from tests.serving import serving


def workers(instance):
    """Return the processes that work on an instance, and whether each is the one that does jobs."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            mine = f"INSTANCE={instance}\0".encode() in (folder / "environ").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if mine and b"shared.jobs" in words:
            found.append((int(folder.name), b"shared.jobs.working" in words))
    return found


def wait_for(condition):
    deadline = time.monotonic() + 40
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert condition()


def test_worker_is_begun_replaced_and_ended_with_the_server(tmp_path):
    with serving(tmp_path, JOBS="1", WORKERS="1") as site:
        runtime = Runtime(Settings.from_env({"INSTANCE": str(site.instance)}))

        def owe():
            with runtime.database.writing() as session:
                job = jobs.enqueue(
                    Work(session=session, actor=SYSTEM, at=runtime.clock()), "unheard-of"
                )
                session.commit()
                return job.id

        def is_ended(number):
            with runtime.database.reading() as session:
                return session.get(Job, number).failed_at is not None

        first = owe()
        wait_for(lambda: is_ended(first))
        (old,) = [number for number, works in workers(site.instance) if works]
        os.kill(old, signal.SIGKILL)
        second = owe()
        wait_for(lambda: is_ended(second))
        assert old not in dict(workers(site.instance))
        runtime.database.close()

    wait_for(lambda: workers(site.instance) == [])
