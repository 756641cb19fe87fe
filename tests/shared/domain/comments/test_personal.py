"""What one visitor said goes from everywhere that it is kept."""

import json
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from shared.domain.comments import mark_spam, trash_comment
from shared.domain.comments.personal import erase_person, find_traces, take_out_person
from shared.domain.errors import Forbidden, Invalid
from shared.domain.mail import owe_mail
from shared.domain.saved_views import save_view
from shared.domain.work import SYSTEM
from shared.models import AuditEvent, Base, BulkRun, Comment, Mail, SavedView, Undo
from tests.cast import make_post, work_of
from tests.shared.domain.comments.said import comment_on
from tests.shared.domain.undo.acts import act

ADDRESS = "Vi.Secret@Example.org"
LOW = ADDRESS.lower()


def held(session):
    """Return everything that the database holds but the posts, as one text."""
    session.flush()
    rows = [session.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    return repr(rows)


@pytest.fixture
def owner(session, cast):
    return work_of(session, cast.ann)


def test_all_of_it_goes_from_everywhere(session, cast, owner):
    work = owner
    post, other = make_post(work), make_post(work, title="Another")
    mine = partial(comment_on, work=work, name="Vi Secretname", email=ADDRESS)
    lone = mine(post, body="Secrettext alone.")
    top = mine(post, body="Secrettext on top.")
    bo = {"name": "Bo", "email": "bo@example.org", "work": work}
    comment_on(post, body="An answer.", parent_id=top.id, **bo)
    below = mine(post, body="Secrettext below.", parent_id=top.id)
    act(partial(mark_spam, work=work), [mine(other, body="Secrettext spam.")], work=work)
    act(partial(trash_comment, work=work), [mine(other, body="Secrettext trash.")], work=work)
    other_bo = comment_on(other, **bo)
    act(partial(mark_spam, work=work), [other_bo, lone], work=work)
    _keep_elsewhere(lone, work)

    found = find_traces(f" {ADDRESS} ", work=work)
    assert [trace.keeps_place for trace in found.comments] == [False, True, False, False, False]
    assert (found.trashed, found.undos, found.mails, found.views) == (1, 4, 1, 1)
    erase_person(ADDRESS, work=work)
    session.expire_all()

    left = held(session)
    assert [word for word in ("Secretname", "Secrettext", "vi.secret@") if word in left] == []
    kept = session.get_one(Comment, top.id)
    assert (kept.state, kept.is_removed, kept.html, kept.email) == ("approved", True, "", "")
    answers = session.scalars(select(Comment).where(Comment.parent_id == top.id)).all()
    assert [answer.body for answer in answers] == ["An answer."]
    assert session.get(Comment, below.id) is None
    assert [step["id"] for row in session.scalars(select(Undo)) for step in row.steps] == [
        other_bo.id
    ]
    assert session.scalars(select(Mail.subject)).all() == ["Of another"]
    assert session.scalars(select(SavedView.state)).all() == [{"query": {"state": "spam"}}]
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.data["comments"], event.data["places"]) == ("comment.erased", 5, 1)
    assert find_traces(ADDRESS, work=work).is_empty


def _keep_elsewhere(comment, work):
    owe_mail(work, to="cy@example.org", subject="Of it", text=f"/admin/comments/{comment.id}/")
    owe_mail(work, to="cy@example.org", subject="Of another", text="/admin/comments/9999/")
    view = SavedView(screen="comments", name="Hers", is_shared=False)
    save_view(view, {"query": {"q": LOW, "state": "spam"}}, work=work)
    refused = [[f"#{comment.id} Vi Secretname", "no"], ["#9999 Bo", "no"]]
    work.session.add(
        BulkRun(
            user_id=work.actor.user_id,
            screen="comments",
            action="spam",
            given={"value": ""},
            waiting=[],
            refused=refused,
            steps=[],
            total=2,
            back="",
            created_at=work.at,
            updated_at=work.at,
        )
    )


def test_it_is_taken_out_whole(owner, session):
    post = make_post(owner)
    comment_on(post, email=ADDRESS, work=owner, state="pending")
    comment_on(post, name="Bo", email="bo@example.org", work=owner)

    taken = take_out_person(ADDRESS, work=owner)

    assert taken["email"] == LOW
    [one] = taken["comments"]
    assert (one["text"], one["state"], one["email"]) == ("Well *said*.", "pending", LOW)
    assert json.loads(json.dumps(taken)) == taken
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event.action == "comment.data_taken"
    assert LOW not in json.dumps(event.data)


def test_number_in_the_log_is_the_same_for_the_same_address(owner, session):
    for _ in range(2):
        take_out_person(ADDRESS, work=owner)
    take_out_person("bo@example.org", work=owner)
    told = select(AuditEvent.data).where(AuditEvent.action == "comment.data_taken")
    first, second, other = (data["person"] for data in session.scalars(told))
    assert first == second != other


@pytest.mark.parametrize("verb", [find_traces, take_out_person, erase_person])
def test_it_takes_an_owner_and_an_address(session, cast, owner, verb):
    with pytest.raises(Forbidden, match="comments:erase"):
        verb(ADDRESS, work=work_of(session, cast.ben))
    with pytest.raises(Invalid):
        verb("", work=owner)
    assert verb(ADDRESS, work=replace(owner, actor=SYSTEM)) is not None
