"""A question on a connection of its own: answered as of now, or given up in time."""

import os
import shutil
import threading
import time
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest
from psycopg import connect

from shared.question import Unanswered
from shared.runtime import Runtime
from shared.sqlite_driver import load_driver
from tests.shared.test_engines import save

COUNT = "SELECT count(*) FROM setting"


@pytest.fixture
def question(any_runtime):
    return any_runtime.database.question(COUNT, patience=0.3)


def test_an_answer_is_as_of_now(any_runtime: Runtime, question):
    before = question.ask()
    save(any_runtime, "new")
    assert question.ask() == before + 1
    question.close()
    assert question.ask() == before + 1


def test_what_is_no_number_is_no_answer(any_runtime):
    for sql in ("SELECT nothing", "SELECT number FROM page_version WHERE id = 7", "SELECT NULL"):
        with pytest.raises(Unanswered):
            any_runtime.database.question(sql, patience=0.3).ask()


def test_a_lock_against_readers_is_waited_for_in_measure(runtime):
    question = runtime.database.question(COUNT, patience=0.3)
    runtime.database.close()  # nobody may have the file open to lock it
    locker = load_driver().connect(str(runtime.database.file), isolation_level=None)
    locker.execute("PRAGMA locking_mode=EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    for _ in range(2):
        with pytest.raises(Unanswered):
            question.ask()
    assert 0.3 < time.monotonic() - began < 2
    locker.close()
    assert question.ask() == 0


def test_a_file_that_is_gone_is_not_made_and_another_is_read(runtime, template_file):
    question = runtime.database.question(COUNT, patience=0.3)
    save(runtime, "only here")
    assert question.ask() == 1
    runtime.database.close()
    runtime.database.file.unlink()
    with pytest.raises(Unanswered):
        question.ask()
    assert not runtime.database.file.exists()
    shutil.copy(template_file, runtime.database.file)
    assert question.ask() == 0


def test_garbage_is_no_answer(runtime):
    runtime.database.file.write_bytes(b"no database at all" * 1_000)
    with pytest.raises(Unanswered):
        runtime.database.question(COUNT, patience=0.3).ask()
    assert runtime.database.is_reachable() is False


def test_a_server_that_hangs_is_given_up_in_time(postgres_runtime):
    question = postgres_runtime.database.question("SELECT pg_backend_pid()", patience=0.3)
    server = question.ask()
    os.kill(server, SIGSTOP)
    began = time.monotonic()
    try:
        with pytest.raises(Unanswered):
            question.ask()
        assert 0.3 <= time.monotonic() - began < 2
    finally:
        os.kill(server, SIGCONT)
    assert question.ask() != server


def test_a_connection_that_the_server_ended_is_opened_again(postgres_runtime):
    question = postgres_runtime.database.question("SELECT pg_backend_pid()", patience=0.3)
    url = postgres_runtime.settings.database_url
    with connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 2000)", [question.ask()])
    with pytest.raises(Unanswered):
        question.ask()
    assert question.ask() > 0


def test_a_thread_that_ends_leaves_no_connection_behind(any_runtime: Runtime):
    database = any_runtime.database
    kept = threading.local()

    def ask() -> None:
        kept.question = database.question(COUNT, patience=0.3)
        kept.question.ask()

    def run(threads: int) -> int:
        for _ in range(threads):
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join()
        return len(list(Path("/proc/self/fd").iterdir()))

    before = run(1)
    assert run(20) == before
