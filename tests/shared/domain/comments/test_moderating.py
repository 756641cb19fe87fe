import pytest
from sqlalchemy import select

from shared.domain.comments import (
    approve_comment,
    delete_comment,
    edit_comment,
    hold_comment,
    mark_spam,
    reply_to,
    restore_comment,
    trash_comment,
)
from shared.domain.errors import Conflict, Forbidden, Invalid, Stale
from shared.domain.trash import list_trash, purge_trashed, restore_trashed
from shared.models import AuditEvent, Comment, Trashed
from tests.cast import make_post, work_of
from tests.shared.domain.comments.said import comment_on


def told(work):
    """Return what the log says of comments."""
    about = select(AuditEvent).where(AuditEvent.object_kind == "comment").order_by(AuditEvent.id)
    return [(event.action, event.object_label) for event in work.session.scalars(about)]


@pytest.mark.parametrize(
    ("before", "verb", "after", "action"),
    [
        ("pending", approve_comment, "approved", "comment.approved"),
        ("spam", approve_comment, "approved", "comment.approved"),
        ("approved", hold_comment, "pending", "comment.held"),
        ("approved", mark_spam, "spam", "comment.marked_spam"),
        ("pending", trash_comment, "trashed", "comment.trashed"),
    ],
)
def test_verb_turns_a_comment_once(work, before, verb, after, action):
    comment = comment_on(make_post(work), work=work, state=before)

    verb(comment, version=1, work=work)

    assert (comment.state, comment.version) == (after, 2)
    assert (comment.waiting_since is not None) == (after == "pending")
    assert told(work) == [(action, f"#{comment.id}")]
    with pytest.raises(Conflict):
        verb(comment, work=work)
    with pytest.raises(Stale):
        edit_comment(comment, body="x", version=1, work=work) if after != "trashed" else (
            restore_comment(comment, version=1, work=work)
        )


def test_authors_moderate_below_their_own_posts_alone(session, cast, work):
    mine = comment_on(make_post(work, author_id=cast.cy.id), work=work, state="pending")
    other = comment_on(make_post(work, author_id=cast.ben.id), work=work, state="pending")
    drafted = comment_on(make_post(work, author_id=cast.con.id), work=work, state="pending")

    approve_comment(mine, work=work_of(session, cast.cy))
    for comment, who in ((other, cast.cy), (drafted, cast.con), (other, cast.dee)):
        with pytest.raises(Forbidden, match="comments:moderate"):
            approve_comment(comment, work=work_of(session, who))


def test_edit_renders_the_text_anew_and_refuses_what_is_none(work):
    comment = comment_on(make_post(work), work=work)

    edit_comment(comment, name=" V\u202ei ", body="Now **so**. <b>x</b>", version=1, work=work)

    assert (comment.name, comment.email) == ("Vi", "vi@example.org")
    assert comment.html == "<p>Now <strong>so</strong>. &lt;b&gt;x&lt;/b&gt;</p>\n"
    with pytest.raises(Invalid) as refused:
        edit_comment(comment, name="", body=" ", email="no", work=work)
    assert set(refused.value.errors) == {"name", "body", "email"}


def test_reply_is_shown_at_once_and_approves_what_waited(work, cast):
    comment = comment_on(make_post(work), work=work, state="pending")

    answer = reply_to(comment, "Thank *you*.", work=work)

    assert (comment.state, answer.state) == ("approved", "approved")
    assert (answer.name, answer.user_id, answer.parent_id) == ("Ben", cast.ben.id, comment.id)
    assert (answer.email, answer.html) == ("", "<p>Thank <em>you</em>.</p>\n")
    mark_spam(comment, work=work)
    with pytest.raises(Conflict):
        reply_to(comment, "Again.", work=work)
    with pytest.raises(Invalid):
        reply_to(answer, " ", work=work)


def test_trash_gives_a_comment_back_with_its_thread(work):
    comment = comment_on(make_post(work), work=work)
    answer = comment_on(comment.post, body="So it is.", parent_id=comment.id, work=work)

    trash_comment(comment, work=work)
    [item] = list_trash(work.session, work.actor)
    assert (item.label, item.detail, item.kind) == (f"#{comment.id} Vi", "Well *said*.", "comment")
    with pytest.raises(Conflict):
        approve_comment(comment, work=work)
    restore_trashed(item, work=work)

    assert (comment.state, answer.parent_id) == ("approved", comment.id)
    assert list_trash(work.session, work.actor) == []


def test_trash_is_seen_by_those_who_moderate(session, cast, work):
    for author in (cast.cy, cast.ben):
        post = make_post(work, author_id=author.id)
        trash_comment(comment_on(post, work=work, body=author.name), work=work)

    def seen(who):
        return [item.detail for item in list_trash(session, work_of(session, who).actor)]

    assert seen(cast.ben) == ["Ben", "Cy"]
    assert seen(cast.cy) == ["Cy"]
    assert seen(cast.con) == seen(cast.dee) == []


def test_answers_of_what_is_deleted_move_up(work):
    first = comment_on(make_post(work), work=work)
    second = comment_on(first.post, body="Second.", parent_id=first.id, work=work)
    third = comment_on(first.post, body="Third.", parent_id=second.id, work=work)
    with pytest.raises(Conflict):
        delete_comment(second, work=work)

    trash_comment(second, work=work)
    purge_trashed(list_trash(work.session, work.actor)[0], work=work)
    work.session.expire_all()

    assert work.session.scalars(select(Comment.body).order_by(Comment.id)).all() == [
        "Well *said*.",
        "Third.",
    ]
    assert third.parent_id == first.id
    assert work.session.scalars(select(Trashed)).all() == []
    assert told(work)[-1] == ("comment.deleted", "#2")
