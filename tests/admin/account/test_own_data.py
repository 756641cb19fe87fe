"""One's own data: all of it, no secret, nothing of anyone else, and only for oneself."""

import json

import pytest
from sqlalchemy import select

from shared.domain.comments import get_comment, reply_to
from shared.domain.posts import get_post
from shared.domain.posts.preview_links import offer_preview
from shared.domain.users import find_user
from shared.models import AuditEvent, User
from shared.runtime import Runtime
from tests.admin.comments import say_on
from tests.admin.content import write
from tests.admin.signing_in import Browser, Enter
from tests.cast import Cast, work_of


@pytest.fixture
def cy(as_: Enter) -> Browser:
    return as_("Cy")


def test_everything_of_oneself_is_in_the_file(runtime: Runtime, cy: Browser) -> None:
    mine = write(runtime, who="Cy", title="我的", body="Words of mine.")
    write(runtime, who="Ben", title="Theirs", body="Words of another.")
    with runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).cy, runtime.clock())
        token = offer_preview(get_post(session, mine), 1, work=work)
        session.commit()
    answer = cy.send("/export/own/", {"csrf_token": cy.token()})
    text = answer.response.get_data(as_text=True)
    data = json.loads(text)
    assert (answer.status, answer.response.mimetype) == (200, "application/json")
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert answer.response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert data["account"]["email"] == "cy@example.org"
    assert [post["content"]["body"] for post in data["posts"]] == ["Words of mine."]
    assert [link["post_id"] for link in data["preview_links"]] == [mine]
    assert (len(data["sessions"]), data["sessions"][0]["revoked_at"]) == (1, None)
    assert {version["title"] for version in data["versions"]} == {"我的"}
    assert {"post.created", "user.data_taken"} <= {act["action"] for act in data["acts"]}
    with runtime.database.reading() as session:
        user = find_user(session, "cy@example.org")
        assert user is not None
        assert user.password_hash not in text
        event = session.scalar(select(AuditEvent).where(AuditEvent.action == "user.data_taken"))
        assert (event.actor_name, event.object_id) == ("Cy", user.id)
        others = session.scalars(select(User.email).where(User.id != user.id)).all()
    told = [words for words in (*others, "Words of another.", token, "hash") if words in text]
    assert told == []


def test_profile_offers_it_and_it_is_a_post_alone(cy: Browser) -> None:
    assert "Download your data" in cy.get("/profile/").page.text
    assert cy.get("/export/own/").status == 405


def test_own_answers_to_comments_are_in_the_file(runtime: Runtime, cy: Browser) -> None:
    number = say_on(runtime, write(runtime, who="Cy"))
    with runtime.database.writing() as session:
        work = work_of(session, Cast.load(session).cy, runtime.clock())
        reply_to(get_comment(session, number), "Thank you.", work=work)
        session.commit()
    answer = cy.send("/export/own/", {"csrf_token": cy.token()})

    data = json.loads(answer.response.get_data(as_text=True))
    assert [comment["body"] for comment in data["comments"]] == ["Thank you."]
