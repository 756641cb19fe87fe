from sqlalchemy import text

from admin.transfer.welcome import FOLDER
from shared.domain.sessions import find_link
from tests.admin.transfer.imports import posts


def test_welcome_loads_the_set_once(run, runtime):
    assert run("welcome").output == "Loaded the welcome set.\n"
    assert len(posts(runtime)) == len(list(FOLDER.glob("*.md")))
    assert run("welcome").output == "There are posts already: nothing loaded.\n"


def test_setup_link_is_refused_while_there_is_an_owner(run):
    done = run("setup-link")
    assert (done.exit_code, done.output) == (
        1,
        "Error: there is an owner already; see: flask users list\n",
    )


def test_setup_link_makes_the_first_owner_and_replaces_the_last_one(run, runtime):
    with runtime.database.writing() as session:
        session.execute(text("DELETE FROM user"))
        session.commit()
    prefix = "http://127.0.0.1:8000/admin/setup/"
    lines = [run("setup-link").output.strip() for _ in range(2)]
    assert [line.startswith(prefix) for line in lines] == [True, True]
    tokens = [line.removeprefix(prefix).strip("/") for line in lines]
    with runtime.database.reading() as session:
        found = [find_link(session, "setup", token, at=runtime.clock()) for token in tokens]
    assert [link is not None for link in found] == [False, True]
