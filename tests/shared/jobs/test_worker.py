"""The worker does what is due, and survives whatever a handler does."""

import logging
import os
import signal
import subprocess
import sys
import time
from threading import Event, Thread

import pytest

from shared.domain import jobs
from shared.jobs import GiveUp, Worker
from shared.models import Job
from tests.cast import work_of

SLOW = """
import sys, time
from pathlib import Path
from shared.jobs import Worker
from shared.runtime import Runtime
def slow(runtime, data):
    with open(sys.argv[1], "a") as marks:
        marks.write("begun\\n")
    time.sleep(60)
Worker(Runtime.from_env(), {"slow": slow}).do_all()
"""


def owe(runtime, kind, **data):
    with runtime.database.writing() as session:
        job = jobs.enqueue(work_of(session), kind, **data)
        session.commit()
        return job.id


def look(runtime, number):
    with runtime.database.reading() as session:
        return session.get(Job, number)


def test_every_due_job_is_done_with_its_data(runtime):
    done = []
    for number in range(3):
        owe(runtime, "count", number=number)

    worker = Worker(runtime, {"count": lambda _, data: done.append(data["number"])})

    assert worker.do_all() == 3
    assert done == [0, 1, 2]
    assert worker.do_all() == 0


def test_handler_that_fails_leaves_the_job_for_later_and_the_next_is_done(runtime, clock, caplog):
    calls = []

    def fail(_, __):
        calls.append("fail")
        raise ValueError("the server is away")

    worker = Worker(runtime, {"fail": fail, "count": lambda *_: calls.append("count")})
    number = owe(runtime, "fail")
    owe(runtime, "count")

    with caplog.at_level(logging.CRITICAL):
        worker.do_all()

    assert calls == ["fail", "count"]
    assert look(runtime, number).error == "ValueError: the server is away"
    clock.forward(seconds=13)
    worker.do_all()
    assert calls == ["fail", "count", "fail"]


@pytest.mark.parametrize("kind", ["hopeless", "unheard-of"])
def test_hopeless_job_is_given_up_at_once(runtime, clock, kind):
    def hopeless(_, __):
        raise GiveUp("there is no such mailbox")

    number = owe(runtime, kind)
    Worker(runtime, {"hopeless": hopeless}).do_all()

    job = look(runtime, number)
    assert job.failed_at == clock()
    assert job.error in {"there is no such mailbox", "nothing here does jobs of this kind"}


def test_worker_runs_until_it_is_told_to_end(runtime):
    done, end = Event(), Event()
    thread = Thread(target=Worker(runtime, {"set": lambda *_: done.set()}).run, args=(end,))
    thread.start()
    owe(runtime, "set")
    assert done.wait(10)
    end.set()
    thread.join(10)
    assert not thread.is_alive()


def test_job_of_a_killed_worker_is_done_by_another_after_its_lease(runtime, clock, tmp_path):
    number, marks = owe(runtime, "slow"), tmp_path / "marks"
    env = os.environ | {
        "INSTANCE": str(runtime.settings.instance),
        "SECRET_KEY": runtime.settings.secret_key,
    }
    with subprocess.Popen([sys.executable, "-c", SLOW, str(marks)], env=env) as process:
        deadline = time.monotonic() + 30
        while not marks.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert marks.read_text() == "begun\n"
    held = look(runtime, number).held_until
    done = []
    worker = Worker(runtime, {"slow": lambda *_: done.append("done")})

    clock.at = held
    assert worker.do_all() == 0
    clock.forward(seconds=1)
    assert worker.do_all() == 1
    assert done == ["done"]


def test_two_workers_share_the_jobs_and_do_none_twice(any_runtime):
    done = []
    for number in range(40):
        owe(any_runtime, "count", number=number)
    handlers = {"count": lambda _, data: done.append(data["number"])}
    threads = [Thread(target=Worker(any_runtime, handlers).do_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(done) == list(range(40))
