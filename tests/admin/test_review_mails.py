"""Mails of a review: who is told of the question and the answer, and in which language."""

import pytest
from sqlalchemy import select, update

from admin import create_app
from shared.jobs import Worker
from shared.models import Mail, User
from tests.admin.content import write
from tests.admin.signing_in import enter


@pytest.fixture
def app(mailing):
    return create_app(mailing)


@pytest.fixture
def speak(runtime):
    """Set the languages of people."""

    def speak_(**languages):
        with runtime.database.writing() as session:
            for name, language in languages.items():
                session.execute(update(User).where(User.name == name).values(language=language))
            session.commit()

    return speak_


@pytest.fixture
def post(mailing, box):
    """Send what is owed; return what each address was told."""

    def post_():
        Worker(mailing).do_all()
        told = {
            mail["To"]: (mail["Subject"], mail.get_content().replace("\r\n", "\n"))
            for mail in box.mails
        }
        box.mails.clear()
        return told

    return post_


def ask(app, runtime, **said):
    number = write(runtime, "Con", title="First try")
    con = enter(app, "Con")
    assert con.press(f"/page/edit/{number}/", "ask_review", **said).status == 303
    return f"/page/edit/{number}/"


def test_question_reaches_each_editor_in_their_language(app, runtime, speak, post):
    speak(Ann="zh-Hans", Ben="en", Con="zh-Hans")
    path = ask(app, runtime, review_message="Ready?")

    link = f"https://example.org/blog/admin{path}"
    assert post() == {
        "ann@example.org": (
            "待审阅：First try",
            f"Ann，你好：\n\nCon 请你审阅“First try”。\n\nReady?\n\n{link}\n",
        ),
        "ben@example.org": (
            "Review: First try",
            f"Hello Ben,\n\nCon asks you to review “First try”.\n\nReady?\n\n{link}\n",
        ),
    }


@pytest.mark.parametrize("reader", ["zh-Hans", "en"])
def test_answer_reaches_who_asked_in_their_language(app, runtime, speak, post, reader):
    speak(Con=reader, Ben="en" if reader == "zh-Hans" else "zh-Hans")
    path = ask(app, runtime)
    post()
    ben = enter(app, "Ben")
    ben.press(path, "return_review", review_note="Say where.")
    subjects = {"zh-Hans": "已退回：First try", "en": "Returned: First try"}
    told = post()
    assert list(told) == ["con@example.org"]
    assert told["con@example.org"][0] == subjects[reader]
    assert "Say where." in told["con@example.org"][1]

    enter(app, "Con").press(path, "ask_review", body="In Delft.")
    post()
    ben.press(path, "publish", review_note="Lovely")
    subjects = {"zh-Hans": "已通过：First try", "en": "Approved: First try"}
    told = post()
    assert (told["con@example.org"][0], list(told)) == (subjects[reader], ["con@example.org"])
    assert "Lovely" in told["con@example.org"][1]


def test_nobody_is_told_of_a_question_taken_back_or_while_shut_out(app, runtime, post):
    path = ask(app, runtime)
    post()
    enter(app, "Con").press(path, "withdraw_review")
    assert post() == {}
    with runtime.database.writing() as session:
        session.execute(update(User).where(User.name == "Ann").values(disabled_at=runtime.clock()))
        session.commit()
    enter(app, "Con").press(path, "ask_review")
    assert list(post()) == ["ben@example.org"]


def test_without_a_mail_server_nothing_is_owed(runtime):
    ask(create_app(runtime), runtime)
    with runtime.database.reading() as session:
        assert session.scalars(select(Mail)).all() == []
