import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from scripts.preparation import StartError, check_port, migrate, prepare, welcome
from scripts.serve import address_of
from shared.models import Post
from shared.runtime import Runtime
from shared.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def serve(**environ):
    """Run what `make run` runs; return its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def taken():
    """A port of this machine that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_port_in_use_is_one_line(tmp_path, taken):
    code, printed = serve(INSTANCE=str(tmp_path), PORT=str(taken))

    assert code == 1
    assert printed == (
        f"triptych: cannot listen on 127.0.0.1 port {taken}: address already in use; "
        f"choose another: make run PORT={taken + 1}\n"
    )


@pytest.mark.parametrize(
    ("bind", "reason"),
    [
        ("nowhere.invalid", "BIND: nowhere.invalid is no address: "),
        ("192.0.2.1", "cannot listen on 192.0.2.1 port 8000: cannot assign requested address; "),
    ],
)
def test_an_address_that_is_not_this_machine_s_is_one_line(tmp_path, bind, reason):
    code, printed = serve(INSTANCE=str(tmp_path), BIND=bind)

    assert (code, printed.count("\n")) == (1, 1)
    assert printed.startswith(f"triptych: {reason}")
    assert "PORT=" not in printed


def test_a_file_in_the_folder_s_place_is_one_line(tmp_path):
    file = tmp_path / "instance"
    file.touch()

    assert serve(INSTANCE=str(file)) == (1, f"triptych: INSTANCE: {file} is not a folder\n")


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    (tmp_path / "triptych.sqlite3").write_text("no database" * 100)

    assert serve(INSTANCE=str(tmp_path), PORT=str(free_port())) == (
        1,
        f"triptych: INSTANCE: the database in {tmp_path} cannot be read\n",
    )


def test_a_folder_that_cannot_be_made_is_one_line():
    assert serve(INSTANCE="/dev/null/triptych") == (
        1,
        "triptych: INSTANCE: cannot write to /dev/null/triptych: Not a directory\n",
    )


def test_a_folder_that_cannot_be_written_to_is_one_line():
    code, printed = serve(INSTANCE="/proc")

    assert (code, printed.count("\n")) == (1, 1)
    assert printed.startswith("triptych: INSTANCE: cannot write to /proc: ")


def test_a_wrong_setting_is_one_line(tmp_path):
    assert serve(INSTANCE=str(tmp_path), THREADS="many") == (
        1,
        "triptych: THREADS must be a whole number from 3 to 256, not 'many'\n",
    )


def test_a_key_that_others_can_read_is_one_line(tmp_path):
    key = tmp_path / "keys" / "master.key"
    key.parent.mkdir()
    key.write_text("ab" * 32)
    key.chmod(0o644)

    assert serve(INSTANCE=str(tmp_path), PORT=str(free_port())) == (
        1,
        f"triptych: {key} can be read by others; run: chmod 600 {key}\n",
    )


def test_a_database_newer_than_the_code_is_one_line_and_stays_as_it_is(tmp_path):
    with sqlite3.connect(tmp_path / "triptych.sqlite3") as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()

    assert serve(INSTANCE=str(tmp_path), PORT=str(free_port())) == (
        1,
        "triptych: the database is newer than this Triptych; run the newer one\n",
    )
    with sqlite3.connect(tmp_path / "triptych.sqlite3") as database:
        names = database.execute("SELECT name FROM sqlite_master").fetchall()
    database.close()
    assert names == [("alembic_version",)]


def test_a_database_that_does_not_answer_is_one_line(tmp_path):
    url = f"postgresql://nobody:c4n4ry-8f3a91@127.0.0.1:{free_port()}/triptych"

    assert serve(INSTANCE=str(tmp_path), PORT=str(free_port()), DATABASE_URL=url) == (
        1,
        "triptych: DATABASE_URL: the database cannot be reached\n",
    )


def test_a_database_that_cannot_be_migrated_is_one_line(tmp_path):
    with sqlite3.connect(tmp_path / "triptych.sqlite3") as database:
        database.execute("CREATE TABLE user (id INTEGER)")
    database.close()

    runtime = Runtime(Settings(instance=tmp_path, secret_key="k" * 32))
    with pytest.raises(StartError) as caught:
        migrate(runtime)
    runtime.database.close()
    assert "already exists" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_second_start_changes_nothing(tmp_path):
    settings = Settings(instance=tmp_path / "new", port=free_port())
    files = []
    for _ in range(2):
        runtime = prepare(settings)
        runtime.database.close()
        files.append(
            {
                path.name: path.read_bytes()
                for path in settings.instance.rglob("*")
                if path.is_file()
            }
        )

    assert files[0] == files[1]
    assert {"triptych.sqlite3", "master.key"} <= set(files[0])


def test_an_instance_without_an_owner_gets_posts_and_a_link(tmp_path):
    runtime = prepare(Settings(instance=tmp_path, port=free_port()))
    link = welcome(runtime)
    with runtime.database.reading() as session:
        posts = session.scalar(select(func.count()).select_from(Post))
    runtime.database.close()

    assert link is not None
    assert link.startswith(f"http://127.0.0.1:{runtime.settings.port}/admin/setup/")
    assert posts > 0


def test_an_instance_with_an_owner_gets_neither(runtime):
    assert welcome(runtime) is None
    with runtime.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 0


def test_a_process_without_the_console_offers_no_link(tmp_path):
    runtime = prepare(Settings(instance=tmp_path, port=free_port(), apps=("frontend",)))
    link = welcome(runtime)
    runtime.database.close()

    assert link is None


def test_a_broken_console_does_not_keep_the_site_from_starting(tmp_path, monkeypatch, caplog):
    runtime = prepare(Settings(instance=tmp_path, port=free_port()))
    monkeypatch.setitem(sys.modules, "admin.account", None)
    link = welcome(runtime)
    runtime.database.close()

    assert link is None
    assert [record.getMessage() for record in caplog.records if record.exc_info] == [
        "the console cannot be set up"
    ]


def test_a_unix_socket_needs_no_port(taken):
    assert check_port(Settings(bind="unix:/run/triptych.sock", port=taken)) is None


@pytest.mark.parametrize(
    ("over", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"bind": "::", "port": 81}, "http://[::1]:81"),
        ({"bind": "192.0.2.1"}, "http://192.0.2.1:8000"),
        ({"bind": "unix:/run/triptych.sock"}, "unix:/run/triptych.sock"),
        ({"bind": "unix:/x", "site_url": "https://example.org/b"}, "https://example.org/b"),
    ],
)
def test_the_address_can_be_opened_in_a_browser(over, address):
    assert address_of(Settings(**over)) == address


@pytest.mark.parametrize("sign", ["pages/copies.sqlite3", "media/ab"])
def test_site_that_lost_its_database_is_not_begun_anew(tmp_path, sign):
    settings = Settings(instance=tmp_path, port=0)
    (tmp_path / sign).parent.mkdir()
    (tmp_path / sign).touch()
    with pytest.raises(StartError, match="the database is missing from"):
        prepare(settings)
    assert not (tmp_path / "triptych.sqlite3").exists()
    Runtime(settings).database.upgrade()
    assert prepare(settings).database.is_current()
