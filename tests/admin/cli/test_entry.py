"""`flask` as an operator types it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent


def flask(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_commands_are_found_without_an_argument(tmp_path):
    done = flask("db", "upgrade", INSTANCE=str(tmp_path / "i"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Upgraded the database from nothing to ")
    log = (tmp_path / "i" / "logs" / "triptych.log").read_text()
    assert "[command " in log


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        ({"PORT": "http"}, "Error: PORT must be a whole number from 0 to 65535, not 'http'"),
        ({"INSTANCE": "/proc/nowhere"}, "Error: /proc/nowhere: No such file or directory"),
    ],
)
def test_wrong_setting_is_one_line(environ, line):
    done = flask("db", "current", **environ)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{line}\n")


def test_unsafe_key_file_is_one_line(tmp_path):
    key = tmp_path / "keys" / "master.key"
    key.parent.mkdir()
    key.write_text("00" * 32)
    key.chmod(0o644)
    done = flask("users", "list", INSTANCE=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"Error: {key} can be read by others; run: chmod 600 {key}\n"


@pytest.mark.parametrize("app", ["frontend", "admin", "api"])
def test_routes_of_each_app_are_listed(tmp_path, app):
    after, before = (
        flask(*words, INSTANCE=str(tmp_path))
        for words in (("routes", "--app", app), ("--app", app, "routes"))
    )
    assert (after.returncode, after.stderr) == (0, "")
    assert "/static/<path:filename>" in after.stdout
    assert after.stdout == before.stdout


def test_routes_of_an_unknown_app_name_the_apps(tmp_path):
    done = flask("routes", "--app", "shop", INSTANCE=str(tmp_path))
    assert done.returncode == 2
    assert "'shop' is not one of 'frontend', 'admin', 'api'" in done.stderr


def test_routes_with_a_wrong_setting_say_it_in_one_line(tmp_path):
    done = flask("routes", "--app", "api", INSTANCE=str(tmp_path), PORT="http")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Error: PORT must be a whole number")
