import json
from datetime import timedelta

import pytest

from tests.admin.comments import say_on, state_of
from tests.admin.content import write


@pytest.fixture
def said(runtime):
    write(runtime, title="A post")
    first = say_on(runtime, 1, body="First.", state="approved")
    say_on(runtime, 1, body="Bo.", name="Bo", email="bo@example.org", parent_id=first)
    return [first, say_on(runtime, 1, body="Second  one.", state="spam")]


def test_export_prints_what_one_visitor_said(run, said):
    taken = json.loads(run("comments", "export", "VI@example.org").output)

    assert [item["text"] for item in taken["comments"]] == ["First.", "Second  one."]


def test_erase_shows_first_and_then_erases(run, runtime, said):
    would = run("comments", "erase", "vi@example.org")
    lines = ["#1      approved  emptied  First.", "#3      spam      deleted  Second one."]
    told = "2 comments, 0 other traces would go. Say --yes to erase them."
    assert would.output.splitlines() == [*lines, told]
    assert [state_of(runtime, number) for number in said] == ["approved", "spam"]

    done = run("comments", "erase", "vi@example.org", "--yes")
    assert done.output.splitlines()[-1] == "2 comments, 0 other traces: erased."
    assert [state_of(runtime, number) for number in said] == ["approved", None]
    assert run("comments", "erase", "vi@example.org", "--yes").output.startswith("0 comments")
    assert run("comments", "erase", "nothing").exit_code != 0


def test_purge_counts_and_deletes_old_spam(run, runtime, clock, said):
    clock.at += timedelta(days=31)

    would = run("comments", "purge", "--dry-run")
    assert would.output == "1 of spam and 0 of the trash would go.\n"
    assert run("comments", "purge").output == "1 gone.\n"
    assert [state_of(runtime, number) for number in said] == ["approved", None]
