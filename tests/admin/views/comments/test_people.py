"""What one visitor said, by address: shown to owners alone, taken out, erased."""

import json

import pytest
from sqlalchemy import select

from shared.models import AuditEvent, Comment
from tests.admin.comments import say_on
from tests.admin.content import write


@pytest.fixture
def ann(as_):
    return as_("Ann")


@pytest.fixture
def said(runtime):
    write(runtime, title="A post")
    return [say_on(runtime, 1, body="First."), say_on(runtime, 1, body="Second.", state="spam")]


def ask(browser, path="/comments/person/", email=" VI@example.org "):
    return browser.send(path, {"csrf_token": browser.token(), "email": email})


def test_what_is_kept_is_shown_first(ann, said):
    page = ask(ann).page

    assert "2 comments" in page.text
    assert "First." in page.text
    assert "would be deleted" in page.text
    assert "Nothing is kept of this address." in ask(ann, email="bo@example.org").page.text
    assert ask(ann, email="nothing").status == 422
    assert ask(ann, "/comments/person/erase/", email="nothing").status == 422


def test_it_is_taken_out_as_json(ann, runtime, said):
    answer = ask(ann, "/export/comments/person/")
    taken = json.loads(answer.response.get_data())

    assert [item["text"] for item in taken["comments"]] == ["First.", "Second."]
    assert taken["comments"][0]["on"] == {"title": "A post", "path": "/page/a-post/"}
    assert "vi@example.org" not in answer.response.headers["Content-Disposition"]


def test_it_is_erased_and_the_log_holds_no_address(ann, runtime, said):
    assert ask(ann, "/comments/person/erase/").status == 303

    assert "What this person said is erased." in ann.get("/comments/person/").page.text
    with runtime.database.reading() as session:
        assert session.scalars(select(Comment)).all() == []
        events = session.scalars(select(AuditEvent)).all()
    assert events[-1].action == "comment.erased"
    assert "example.org" not in json.dumps(events[-1].data)


def test_only_owners_do_it_after_a_proof(as_, ann, runtime, said):
    ben = as_("Ben")
    for path in ("/comments/person/", "/comments/person/erase/", "/export/comments/person/"):
        assert ask(ben, path).status == 403
    runtime.clock.forward(minutes=20)
    for path in ("/comments/person/erase/", "/export/comments/person/"):
        assert ask(ann, path).status == 401
    with runtime.database.reading() as session:
        assert len(session.scalars(select(Comment)).all()) == 2
