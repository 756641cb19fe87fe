import json

import pytest
from sqlalchemy import select

from admin.cli.users import users
from shared.domain.passwords import verify_password
from shared.domain.sessions import find_link
from shared.models import OneTimeLink, User
from tests.cast import PASSWORD

NEW = "an even longer pass phrase"


def account(runtime, email: str) -> User:
    with runtime.database.reading() as session:
        return session.scalars(select(User).where(User.email == email)).one()


def test_create_reads_the_password_from_standard_input(run, runtime):
    words = ("users", "create", "--email", "Eve@example.org", "--name", "Eve", "--role", "editor")
    done = run(*words, stdin=f"{NEW}\n")
    assert (done.exit_code, done.output) == (0, "Created Eve <eve@example.org>, editor.\n")
    eve = account(runtime, "eve@example.org")
    assert (eve.role, verify_password(eve.password_hash, NEW)) == ("editor", True)


def test_create_without_password_makes_an_account_that_nobody_can_use(run, runtime):
    done = run("users", "create", "--email", "e@example.org", "--name", "E", "--no-password")
    assert done.exit_code == 0
    assert account(runtime, "e@example.org").password_hash == ""


@pytest.mark.parametrize(
    ("words", "stdin", "line"),
    [
        (
            ("create", "--email", "ann@example.org", "--name", "A"),
            NEW,
            "Error: email: Another account has this address.",
        ),
        (("create", "--email", "nope", "--name", "A"), NEW, "Error: email: Give an e-mail address"),
        (("create", "--email", "e@example.org", "--name", "E"), "", "Error: no password given"),
        (("create", "--email", "e@example.org", "--name", "E"), "short", "Error: password: "),
        (("set-password", "nobody@example.org"), NEW, "Error: There is no account nobody@"),
        (("disable", "nobody@example.org"), "", "Error: There is no account nobody@example.org."),
        (("disable", "ann@example.org"), "", "Error: This is the last owner."),
        (("enable", "ann@example.org"), "", "Error: This account is not disabled."),
        (("link", "nobody@example.org"), "", "Error: There is no account nobody@example.org."),
    ],
)
def test_failure_is_one_line_and_changes_nothing(run, runtime, words, stdin, line):
    before = json.loads(run("users", "list", "--json").output)
    done = run("users", *words, stdin=stdin)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert done.output.startswith(line)
    assert json.loads(run("users", "list", "--json").output) == before


def test_set_password_ends_every_session(run, runtime):
    epoch = account(runtime, "cy@example.org").epoch
    done = run("users", "set-password", "CY@example.org", stdin=f"{NEW}\r\n")
    assert done.output == "Set the password of cy@example.org and ended its sessions.\n"
    cy = account(runtime, "cy@example.org")
    assert (cy.epoch, verify_password(cy.password_hash, NEW)) == (epoch + 1, True)
    assert not verify_password(cy.password_hash, PASSWORD)


def test_disable_and_enable(run, runtime):
    assert run("users", "disable", "dee@example.org").output == "Disabled dee@example.org.\n"
    assert account(runtime, "dee@example.org").disabled_at == runtime.clock()
    assert run("users", "enable", "dee@example.org").output == "Enabled dee@example.org.\n"
    assert account(runtime, "dee@example.org").disabled_at is None


def test_list_shows_everyone_for_people_and_programs(run):
    run("users", "disable", "dee@example.org")
    lines = run("users", "list").output.splitlines()
    assert lines == [
        "ann@example.org  Ann  owner        active",
        "ben@example.org  Ben  editor       active",
        "con@example.org  Con  contributor  active",
        "cy@example.org   Cy   author       active",
        "dee@example.org  Dee  reader       disabled",
    ]
    told = json.loads(run("users", "list", "--json").output)
    assert told[0] == {
        "id": 1,
        "email": "ann@example.org",
        "name": "Ann",
        "role": "owner",
        "state": "active",
        "last_login_at": None,
    }
    assert "password" not in json.dumps(told)


def test_link_sets_a_password_once(run, runtime):
    done = run("users", "link", "ben@example.org")
    prefix = "http://127.0.0.1:8000/admin/password/"
    assert done.output.startswith(prefix)
    token = done.output.strip().removeprefix(prefix).strip("/")
    with runtime.database.reading() as session:
        link = find_link(session, "password", token, at=runtime.clock())
        assert link is not None
        assert link.user_id == account(runtime, "ben@example.org").id
        assert len(session.scalars(select(OneTimeLink)).all()) == 1


def test_no_command_takes_a_password_as_an_argument():
    names = {
        name
        for command in users.commands.values()
        for param in command.params
        for name in (param.name, *param.opts)
    }
    assert {name for name in names if "password" in name} == {"no_password", "--no-password"}
