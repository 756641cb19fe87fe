import json

from sqlalchemy import text

from admin.doctor import CHECKS


def test_each_check_is_one_line_that_begins_with_its_level(run):
    done = run("doctor")
    lines = done.output.splitlines()
    assert done.exit_code == 0
    assert {line.split()[0] for line in lines} == {"ok", "warning"}
    assert "warning address      SITE_URL is not set" in done.output
    assert 10 < len(lines) <= len(CHECKS)


def test_a_program_may_read_it(run):
    told = json.loads(run("doctor", "--json").output)
    assert {tuple(finding) for finding in told} == {("name", "level", "text", "advice")}
    assert next(each for each in told if each["name"] == "database") == {
        "name": "database",
        "level": "ok",
        "text": "sqlite answers",
        "advice": "",
    }


def test_an_error_is_exit_code_1(run, runtime):
    with runtime.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        session.commit()
    for words in (("doctor",), ("doctor", "--json")):
        done = run(*words)
        assert (done.exit_code, "flask db upgrade" in done.output) == (1, True)
