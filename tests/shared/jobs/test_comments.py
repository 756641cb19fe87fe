"""Those who wrote a post are told of comments, in their language, once an hour, if they like."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.comments import mark_spam, reply_to
from shared.domain.comments.notices import PREFERENCE
from shared.domain.comments.personal import erase_person
from shared.domain.preferences import prefer
from shared.jobs import Worker
from shared.models import Comment, Job, Mail, Post, PostAuthor
from shared.runtime import Runtime
from tests.cast import NOON, Cast, make_post, work_of
from tests.shared.domain.comments.said import comment_on

SERVER = {"smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_from": "site@example.org"}


@pytest.fixture
def mailing(any_runtime):
    made = Runtime(
        replace(any_runtime.settings, **SERVER, site_url="https://example.org/blog"),
        any_runtime.clock,
    )
    made.__dict__["database"] = any_runtime.database
    return made


@pytest.fixture
def post(any_runtime):
    with any_runtime.database.writing() as session:
        cast = Cast.load(session)
        cast.cy.language = "zh-Hans"
        made = make_post(work_of(session, cast.ben), title="A post", author_id=cast.cy.id)
        session.commit()
        return made.id


def say_(runtime, post_id, state="pending", **over):
    with runtime.database.writing() as session:
        work = work_of(session, at=runtime.clock())
        made = comment_on(session.get_one(Post, post_id), work=work, state=state, **over)
        session.commit()
        return made.id


def mails(runtime):
    with runtime.database.reading() as session:
        rows = session.scalars(select(Mail).order_by(Mail.id)).all()
        return [(mail.address, mail.subject, mail.text) for mail in rows]


def tell(runtime):
    worker = Worker(runtime, {**Worker(runtime)._handlers, "mail": lambda *_: None})
    worker.do_all()


def change(runtime, verb):
    with runtime.database.writing() as session:
        verb(session, Cast.load(session))
        session.commit()


def test_author_is_told_in_their_language_with_links_and_without_html(mailing, post):
    number = say_(mailing, post, body="Well <b>said</b> & *so*.\nTwice.")
    tell(mailing)

    [(to, subject, text)] = mails(mailing)
    assert (to, subject) == ("cy@example.org", "评论：A post")
    assert "> Well <b>said</b> & *so*.\n> Twice." in text
    assert "&lt;" not in text
    assert "<em>" not in text
    assert f"\nhttps://example.org/blog/admin/comments/{number}/\n" in text
    assert "https://example.org/blog/admin/profile/" in text
    assert "vi@example.org" not in text


def test_one_mail_an_hour_tells_of_all_that_came_meanwhile(mailing, post):
    clock = mailing.clock
    say_(mailing, post, body="First.")
    tell(mailing)
    for number in range(12):
        clock.forward(minutes=1)
        say_(mailing, post, body=f"More {number}.")
        tell(mailing)
    assert len(mails(mailing)) == 1
    clock.forward(minutes=48)
    tell(mailing)

    [_, (_, _, text)] = mails(mailing)
    assert "First." not in text
    assert [f"More {n}." in text for n in range(12)] == [True] * 10 + [False] * 2
    assert f"/admin/comments/?post={post}" in text
    clock.forward(hours=3)
    tell(mailing)
    assert len(mails(mailing)) == 2


def test_spam_and_own_answers_are_not_told_of(mailing, post):
    def act(session, cast):
        comment = session.scalars(select(Comment)).one()
        reply_to(comment, "Thanks.", work=work_of(session, cast.ann))
        mark_spam(comment, work=work_of(session, cast.ann))

    say_(mailing, post)
    change(mailing, act)
    tell(mailing)

    assert mails(mailing) == []


def test_who_switched_it_off_is_not_told_nor_is_anybody_without_a_server(mailing, post):
    say_(mailing, post)
    tell(replace(mailing, settings=replace(mailing.settings, smtp_host="")))
    assert mails(mailing) == []

    change(mailing, lambda s, cast: prefer(PREFERENCE, {"mail": False}, work=work_of(s, cast.cy)))
    say_(mailing, post, body="Again.")
    tell(mailing)
    assert mails(mailing) == []


def test_owners_are_told_where_no_author_may_moderate(mailing, any_runtime):
    with any_runtime.database.writing() as session:
        cast = Cast.load(session)
        made = make_post(work_of(session, cast.ben), title="Con's", author_id=cast.con.id).id
        session.add(PostAuthor(post_id=made, user_id=cast.dee.id, place=1))
        session.commit()
    say_(mailing, made, state="approved")
    tell(mailing)

    [(to, subject, text)] = mails(mailing)
    assert (to, subject) == ("ann@example.org", "Comments: Con's")
    assert "Vi commented on “Con's”:" in text


def test_mail_that_waits_goes_with_what_it_tells_of(mailing, post):
    say_(mailing, post)
    tell(mailing)
    assert len(mails(mailing)) == 1

    change(mailing, lambda s, cast: erase_person("vi@example.org", work=work_of(s, cast.ann)))
    assert mails(mailing) == []


def test_job_that_comes_too_early_waits(mailing, post):
    number = say_(mailing, post)
    tell(mailing)
    change(
        mailing,
        lambda s, _: s.add(
            Job(
                kind="comments.tell",
                key=f"comments.tell:{post}",
                data={"post": post, "since": number},
                created_at=NOON,
                due_at=NOON,
            )
        ),
    )
    tell(mailing)

    assert len(mails(mailing)) == 1
    with mailing.database.reading() as session:
        job = session.scalars(select(Job).where(Job.key.is_not(None), Job.kind == "comments.tell"))
        assert job.one().due_at == NOON + timedelta(hours=1)
