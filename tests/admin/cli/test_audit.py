import json

import pytest
from sqlalchemy import text


def break_chain(runtime, statement: str) -> None:
    with runtime.database.writing() as session:
        session.execute(text(statement))
        session.commit()


def test_whole_chain_is_counted(run, runtime):
    done = run("audit", "verify")
    with runtime.database.reading() as session:
        events = session.scalar(text("SELECT count(*) FROM audit_event"))
    assert (done.exit_code, done.output) == (0, f"The chain holds: {events} events.\n")
    told = json.loads(run("audit", "verify", "--json").output)
    assert told == {"whole": True, "events": events}


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            "UPDATE audit_event SET object_label = 'Eve' WHERE number = 3",
            "Broken at event 3 (number 3): the event was changed after it was written.\n",
        ),
        (
            "DELETE FROM audit_event WHERE number = 2",
            "Broken at event 3 (number 3): event 2 of the chain is missing.\n",
        ),
    ],
)
def test_first_broken_link_is_named(run, runtime, statement, line):
    break_chain(runtime, statement)
    done = run("audit", "verify")
    assert (done.exit_code, done.output) == (1, line)


def test_broken_link_is_told_to_programs_too(run, runtime):
    break_chain(runtime, "UPDATE audit_event SET object_label = 'Eve' WHERE number = 3")
    done = run("audit", "verify", "--json")
    assert (done.exit_code, json.loads(done.output)) == (
        1,
        {
            "whole": False,
            "event_id": 3,
            "number": 3,
            "reason": "the event was changed after it was written",
        },
    )
