"""What the doctor says of a database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from admin import create_app
from admin.doctor import database, examine
from shared.clock import utc_now
from shared.runtime import Runtime


def changed(runtime, clock=None, **settings):
    return Runtime(replace(runtime.settings, **settings), clock or runtime.clock)


def test_a_database_that_answers_and_fits_is_well(any_runtime):
    assert database.check_reachable(any_runtime).level == "ok"
    assert database.check_schema(any_runtime).text.startswith("up to date (0")


def test_one_that_does_not_answer_is_an_error(runtime):
    away = changed(runtime, database_url="postgresql://nobody@127.0.0.1:1/none")
    found = {finding.name: finding.level for finding in examine(away)}
    assert found["database"] == "error"
    assert not {"schema", "connections", "clock", "sqlite"} & set(found)


@pytest.mark.parametrize(
    ("revision", "advice"),
    [("0001", "Run: flask db upgrade"), ("9999", "Run that code, or restore the backup")],
)
def test_another_schema_is_an_error_with_the_way_out(any_runtime, revision, advice):
    with any_runtime.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
        session.commit()
    finding = database.check_schema(any_runtime)
    assert (finding.level, finding.advice.startswith(advice)) == ("error", True)


def test_an_old_sqlite_is_an_error(runtime, monkeypatch):
    assert database.check_sqlite(runtime).level == "ok"
    monkeypatch.setattr(database, "SAFE_VERSION", (99, 0, 0))
    assert "lose committed writes" in database.check_sqlite(runtime).text


def test_a_network_file_system_is_an_error(runtime, monkeypatch):
    monkeypatch.setattr(database, "file_system", lambda *_: "nfs4")
    assert "network file system (nfs4)" in database.check_sqlite(runtime).text


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "overlay / overlay rw 0 0\n"
        "server:/x /srv nfs4 rw 0 0\n"
        "/dev/sdb1 /srv/my\\040disk ext4 rw 0 0\n"
    )
    kinds = [
        database.file_system(database.Path(path), mounts)
        for path in ("/home/a", "/srv/a", "/srv/my disk/a", "/srvx")
    ]
    assert kinds == ["overlay", "nfs4", "ext4", "overlay"]
    assert database.file_system(tmp_path, tmp_path / "none") == ""


def test_a_large_wal_is_a_warning(runtime, monkeypatch):
    assert database.check_wal(runtime).level == "ok"
    file = database.sqlite_file(runtime)
    with database.Path(f"{file}-wal").open("wb") as wal:
        wal.truncate(database.LARGE_WAL + 1_000_000)
    finding = database.check_wal(runtime)
    assert (finding.level, finding.text) == ("warning", "201 MB wait in triptych.sqlite3-wal")


def test_more_workers_than_connections_are_an_error(postgres_runtime):
    found = [database.check_connections(changed(postgres_runtime, workers=n)) for n in (2, 40)]
    assert [(each.level, each.text) for each in found] == [
        ("ok", "at most 16 of 197 are used"),
        ("error", "at most 320 of 197 are used"),
    ]


@pytest.mark.parametrize(("seconds", "level"), [(0, "ok"), (20, "warning"), (300, "error")])
def test_clocks_that_differ_are_named(postgres_runtime, seconds, level):
    late = changed(postgres_runtime, clock=lambda: utc_now() - timedelta(seconds=seconds))
    assert database.check_clock(late).level == level


def test_what_belongs_to_one_kind_is_not_asked_of_the_other(any_runtime):
    names = {finding.name for finding in examine(any_runtime)}
    own = {"sqlite": {"sqlite", "wal"}, "postgresql": {"connections", "clock"}}
    other = "sqlite" if any_runtime.database.dialect == "postgresql" else "postgresql"
    assert own[any_runtime.database.dialect] <= names
    assert not own[other] & names


def test_a_check_that_fails_itself_is_a_finding(runtime, monkeypatch):
    def check_stars(_):
        raise RuntimeError("clouds\nand more")

    monkeypatch.setattr("admin.doctor.CHECKS", (check_stars,))
    [finding] = examine(runtime)
    assert (finding.name, finding.level) == ("stars", "error")
    assert finding.text == "cannot be looked at: clouds"


def test_what_is_known_of_the_audit_log_is_told(runtime, clock):
    verify = create_app(runtime).test_cli_runner()
    assert database.check_audit(runtime).level == "ok"
    verify.invoke(args=["audit", "verify"])
    assert database.check_audit(runtime).text.startswith("the audit log holds, 5 events at ")
    clock.forward(days=4)
    assert database.check_audit(runtime).level == "warning"
    with runtime.database.writing() as session:
        session.execute(text("UPDATE audit_event SET actor_name = 'Mallory' WHERE number = 2"))
        session.commit()
    assert verify.invoke(args=["audit", "verify"]).exit_code == 1
    finding = database.check_audit(runtime)
    assert (finding.level, finding.text.split(" (")[0]) == (
        "error",
        "the audit log was tampered with",
    )
