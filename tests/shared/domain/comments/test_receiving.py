from dataclasses import replace

import pytest

from shared.domain.comment_options import CommentOptions
from shared.domain.comments import Said, receive
from shared.domain.errors import Conflict, Invalid, Throttled
from shared.models.stamps import read_version
from tests.cast import make_post

OPEN = CommentOptions(comments_open=True, comments_moderation="none")
SAID = Said(name="Vi", email="vi@example.org", body="Well *said*.", origin="a")


def test_receive_follows_moderation(work):
    post = make_post(work)
    assert receive(SAID, post, OPEN, work=work).state == "approved"
    first = replace(OPEN, comments_moderation="first")
    assert receive(replace(SAID, body="More."), post, first, work=work).state == "approved"
    assert receive(replace(SAID, name="New"), post, first, work=work).state == "pending"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (replace(SAID, is_caught=True), "spam"),
        (replace(SAID, body="cheap PILLS"), "spam"),
        (replace(SAID, body="http://a.org http://b.org http://c.org"), "pending"),
    ],
)
def test_receive_follows_rules(work, said, state):
    options = replace(OPEN, comments_blocked="pills\n")
    assert receive(said, make_post(work), options, work=work).state == state


def test_receive_refuses_what_is_wrong(work):
    with pytest.raises(Invalid) as refused:
        receive(Said(name="\0", email="x", body=" ", parent_id=9), make_post(work), OPEN, work=work)
    assert set(refused.value.errors) == {"name", "email", "body", "parent"}


def test_receive_refuses_what_was_said_and_what_is_closed(work):
    post = make_post(work)
    receive(SAID, post, OPEN, work=work)
    with pytest.raises(Invalid):
        receive(SAID, post, OPEN, work=work)
    with pytest.raises(Conflict):
        receive(SAID, post, CommentOptions(), work=work)


def test_receive_limits_one_address(work):
    post = make_post(work)
    for number in range(5):
        receive(replace(SAID, body=f"{number}"), post, OPEN, work=work)
    with pytest.raises(Throttled):
        receive(replace(SAID, body="six"), post, OPEN, work=work)


def test_only_approved_comments_stamp(work):
    post = make_post(work)
    work.session.commit()
    before = read_version(work.session)
    receive(replace(SAID, is_caught=True), post, OPEN, work=work)
    work.session.commit()
    assert read_version(work.session) == before
    receive(replace(SAID, body="Seen."), post, OPEN, work=work)
    work.session.commit()
    assert read_version(work.session) > before
