"""Sessions that read cannot write; units of work are whole, in turn, and lose nothing."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from shared.db import Database, insert_missing
from shared.models import Setting, User
from shared.runtime import Runtime
from shared.sqlite_driver import SAFE_VERSION, load_driver
from shared.write_gate import DatabaseBusyError, WriteGate
from tests.cast import NOON

WRITER = """
import sys
from sqlalchemy import text
from shared.db import Database, insert_missing
database = Database(sys.argv[1], audit_key=b"key")
for _ in range(int(sys.argv[2])):
    with database.writing() as session:
        seen = session.scalar(text("SELECT epoch FROM \\"user\\" WHERE name = 'Ann'"))
        change = text("UPDATE \\"user\\" SET epoch = :n WHERE name = 'Ann'")
        session.execute(change, {"n": seen + 1})
        session.commit()
"""


def epoch(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(User.epoch).where(User.name == "Ann")).one()


def test_reading_session_refuses_to_write(any_runtime: Runtime) -> None:
    with any_runtime.database.reading() as session, pytest.raises(DBAPIError):
        session.execute(text('UPDATE "user" SET epoch = 99'))
    assert epoch(any_runtime.database) == 1


def test_reading_session_sees_one_moment(any_runtime: Runtime) -> None:
    count = select(func.count()).select_from(Setting)
    with any_runtime.database.reading() as reading:
        before = reading.scalar(count)
        with any_runtime.database.writing() as session:
            session.add(Setting(key="new", value={}, updated_at=NOON))
            session.commit()
        assert reading.scalar(count) == before
    with any_runtime.database.reading() as reading:
        assert reading.scalar(count) == before + 1


def test_writing_session_left_without_commit_changes_nothing(any_runtime: Runtime) -> None:
    with any_runtime.database.writing() as session:
        session.execute(text('UPDATE "user" SET epoch = 99'))
    assert epoch(any_runtime.database) == 1


def test_writing_after_a_failed_unit_of_work_gets_its_turn(runtime: Runtime) -> None:
    def fail() -> None:
        with runtime.database.writing() as session:
            session.execute(text('UPDATE "user" SET epoch = 99'))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with runtime.database.writing() as session:
        session.execute(text('UPDATE "user" SET epoch = 2'))
        session.commit()
    assert epoch(runtime.database) == 2


def test_read_then_write_from_several_processes_loses_no_update(runtime: Runtime) -> None:
    command = [sys.executable, "-c", WRITER, runtime.settings.database, "50"]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    assert [writer.communicate()[1] for writer in writers] == [b""] * 3
    assert epoch(runtime.database) == 151


def test_read_then_write_from_several_threads_loses_no_update(runtime: Runtime) -> None:
    def write() -> None:
        for _ in range(20):
            with runtime.database.writing() as session:
                ann = session.scalars(select(User).where(User.name == "Ann")).one()
                ann.epoch += 1
                ann.version += 1
                session.commit()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert epoch(runtime.database) == 121


def test_gate_held_elsewhere_says_busy_after_its_deadline(tmp_path: Path) -> None:
    holder = WriteGate(tmp_path / "gate")
    waiter = WriteGate(tmp_path / "gate", deadline=0.05)
    holder.acquire()
    with pytest.raises(DatabaseBusyError, match="another process keeps writing"):
        waiter.acquire()
    holder.release()
    waiter.acquire()
    waiter.release()


def test_sqlite_is_tuned_for_several_workers(runtime: Runtime) -> None:
    with runtime.database.writing() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_sqlite_library_is_free_of_the_wal_reset_bug() -> None:
    assert load_driver().sqlite_version_info >= SAFE_VERSION


def test_unreachable_database_is_reported_not_raised() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none", audit_key=b"key")
    assert (database.is_reachable(), database.is_current()) == (False, False)


def test_gate_of_a_child_process_is_not_its_parents(tmp_path: Path) -> None:
    gate = WriteGate(tmp_path / "gate", deadline=0.05)
    gate.acquire()
    child = os.fork()
    if child == 0:
        try:
            gate.acquire()
        except DatabaseBusyError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    gate.release()
    gate.acquire()
    gate.release()


def test_insert_missing_leaves_a_row_that_is_there(any_runtime: Runtime) -> None:
    with any_runtime.database.writing() as session:
        new = [
            insert_missing(session, Setting, key="k", value={"is": n}, updated_at=NOON)
            for n in (1, 2)
        ]
        assert new == [True, False]
        assert session.get_one(Setting, "k").value == {"is": 1}
