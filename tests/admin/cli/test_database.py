import pytest
from sqlalchemy import text

from admin import create_app
from shared import migrations
from shared.runtime import Runtime
from shared.settings import Settings
from tests.cast import SECRET

HEAD = migrations.head()


@pytest.fixture
def empty(tmp_path):
    """A runtime whose instance does not exist yet."""
    made = Runtime(Settings(instance=tmp_path / "new", secret_key=SECRET))
    yield made
    made.database.close()


def stamp(runtime, revision: str) -> None:
    with runtime.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})
        session.commit()


def test_upgrade_makes_the_database_and_says_so(empty):
    runner = create_app(empty).test_cli_runner()
    made = runner.invoke(args=["db", "upgrade"])
    assert (made.exit_code, made.output) == (
        0,
        f"Upgraded the database from nothing to {HEAD}.\n",
    )
    assert empty.database.is_current()
    again = runner.invoke(args=["db", "upgrade"])
    assert again.output == f"The database is up to date ({HEAD}).\n"


def test_current_and_history_tell_what_was_applied(run, runtime):
    assert run("db", "current").output == f"{HEAD} (up to date)\n"
    stamp(runtime, "0001")
    assert run("db", "current").output == f"0001 (behind {HEAD})\n"
    lines = run("db", "history").output.splitlines()
    assert [line.split()[0] for line in lines] == list(migrations.known())
    assert lines[0].split() == ["0001", "people", "applied"]
    assert {line.split()[-1] for line in lines[1:]} == {"waiting"}


@pytest.mark.parametrize(
    "words",
    [("db", "upgrade"), ("db", "current"), ("users", "list"), ("welcome",), ("setup-link",)],
)
def test_database_newer_than_the_code_is_refused(run, runtime, words):
    stamp(runtime, "9999")
    done = run(*words)
    assert (done.exit_code, done.output) == (
        1,
        "Error: the database belongs to a newer Triptych; run that one, or a backup\n",
    )


@pytest.mark.parametrize("words", [("users", "list"), ("audit", "verify"), ("welcome",)])
def test_command_on_an_old_database_says_what_to_do(run, runtime, words):
    stamp(runtime, "0001")
    done = run(*words)
    assert (done.exit_code, done.output) == (
        1,
        "Error: the database is not up to date; run: flask db upgrade\n",
    )


@pytest.mark.parametrize("words", [("db", "upgrade"), ("users", "list")])
def test_database_out_of_reach_is_one_line(tmp_path, words):
    away = Settings(
        instance=tmp_path, secret_key=SECRET, database_url="postgresql://nobody@127.0.0.1:1/x"
    )
    runtime = Runtime(away)
    done = create_app(runtime).test_cli_runner().invoke(args=list(words))
    runtime.database.close()
    assert (done.exit_code, done.output) == (
        1,
        "Error: the database cannot be reached; see DATABASE_URL\n",
    )


def test_busy_database_is_one_line(run, runtime):
    engine_gate = runtime.settings.instance / "triptych.sqlite3.gate"
    with runtime.database.writing() as session:
        session.execute(text("UPDATE user SET bio = 'x'"))
        assert engine_gate.exists()
        done = run("users", "disable", "dee@example.org")
    assert (done.exit_code, done.output) == (
        1,
        "Error: the database is busy: no turn to write within the deadline\n",
    )
