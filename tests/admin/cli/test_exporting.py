import json
import stat

import pytest
from sqlalchemy import select

from shared.models import AuditEvent
from tests.admin.content import write
from tests.admin.transfer.export.archives import opened, store


@pytest.fixture
def full(runtime):
    write(runtime, title="One", body=f"![x]({store(runtime)})")
    write(runtime, title="Two", published=False)
    return runtime


def names(file):
    return [name for name in opened([file.read_bytes()]).names if not name.startswith("media/")]


def test_export_writes_the_archive_and_prints_the_report(run, full, tmp_path):
    file = tmp_path / "blog.zip"
    done = run("export", "markdown", str(file))
    assert done.exit_code == 0
    assert [line.split() for line in done.output.splitlines()] == [
        ["posts", "1"],
        ["pages", "0"],
        ["drafts", "1"],
        ["working", "0"],
        ["redirects", "0"],
        ["media", "1"],
        ["media_bytes", "208"],
    ]
    assert names(file) == ["_posts/2026-03-01-one.md", "_drafts/two.md"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(item.name for item in tmp_path.iterdir()) == ["blog.zip", "instance"]


def test_export_is_on_record(run, full, tmp_path):
    run("export", "markdown", str(tmp_path / "a.zip"), "--no-media")
    with full.database.reading() as session:
        query = select(AuditEvent).where(AuditEvent.action == "content.exported")
        told = [(row.actor_name, row.object_label) for row in session.scalars(query)]
    assert told == [("system", "everything but media")]


def test_options_leave_parts_out(run, full, tmp_path):
    file = tmp_path / "a.zip"
    done = run("export", "markdown", str(file), "--no-media", "--no-drafts", "--json")
    told = json.loads(done.output)
    assert (told["counts"]["posts"], told["counts"]["drafts"], told["counts"]["media"]) == (1, 0, 0)
    assert opened([file.read_bytes()]).names == ["_posts/2026-03-01-one.md"]


def test_json_names_what_is_missing(run, full, tmp_path):
    lost = store(full, b"soon lost", "lost.txt")
    (full.settings.instance / lost[1:]).unlink()
    write(full, title="Sad", body=lost)
    done = run("export", "markdown", str(tmp_path / "a.zip"), "--json")
    assert json.loads(done.output)["missing"] == [f"_posts/2026-03-01-sad.md: {lost}"]


def test_file_that_is_there_stays_unless_forced(run, full, tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(b"older")
    done = run("export", "markdown", str(file))
    assert done.exit_code == 1
    assert done.stderr == f"Error: {file} is there already; --force replaces it\n"
    assert file.read_bytes() == b"older"
    assert run("export", "markdown", str(file), "--force").exit_code == 0
    assert names(file) == ["_posts/2026-03-01-one.md", "_drafts/two.md"]


def test_export_that_fails_leaves_nothing_behind(run, full, tmp_path):
    file = tmp_path / "out" / "a.zip"
    done = run("export", "markdown", str(file))
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "No such file or directory" in done.stderr
    file.parent.mkdir()
    with full.database.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE redirect")
        session.commit()
    done = run("export", "markdown", str(file))
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: the database refused: no such table: redirect\n",
    )
    assert list(file.parent.iterdir()) == []
