"""Mails are in the language of who reads them, whatever the one who sends them speaks."""

import re

import pytest
from sqlalchemy import update

from admin import create_app
from shared.domain.site import Site, save_site
from shared.jobs import Worker
from shared.models import User
from tests.admin.signing_in import Browser, enter
from tests.cast import Cast, work_of

CHINESE = {"Accept-Language": "zh-CN"}
ENGLISH = {"Accept-Language": "en"}
SUBJECTS = {
    "invitation": {"en": "Write with us at Triptych", "zh-Hans": "邀请您加入 Triptych"},
    "link": {"en": "Set your password for Triptych", "zh-Hans": "设置 Triptych 的密码"},
    "forgotten": {"en": "Set a new password for Triptych", "zh-Hans": "重设 Triptych 的密码"},
    "told": {"en": "Your account at Triptych", "zh-Hans": "您在 Triptych 的账号"},
}
BOTH = pytest.mark.parametrize(
    ("reader", "asked"), [("zh-Hans", ENGLISH), ("en", CHINESE)], ids=["chinese", "english"]
)


@pytest.fixture
def app(mailing):
    return create_app(mailing)


@pytest.fixture
def speak(runtime):
    """Set the language of somebody, or of the site."""

    def speak_(language, name=None):
        with runtime.database.writing() as session:
            if name is None:
                save_site(Site(language=language), work=work_of(session, Cast.load(session).ann))
            else:
                session.execute(update(User).where(User.name == name).values(language=language))
            session.commit()

    return speak_


@pytest.fixture
def read(mailing, box):
    """Send what is owed, and return subject and text of the one mail."""

    def read_():
        Worker(mailing).do_all()
        (mail,) = box.mails
        return mail["Subject"], mail.get_content()

    return read_


def is_chinese(text):
    """Tell whether no English word is left beside names and addresses."""
    names = r"https?://\S+|Triptych|[\w.]+@[\w.]+|Ann|Ben|Eve|Dee|Con|Cy|laptop"
    return re.search("[a-z]", re.sub(names, "", text)) is None


def check(mail, what, language):
    subject, text = mail
    assert (subject, is_chinese(text)) == (SUBJECTS[what][language], language == "zh-Hans")


@BOTH
def test_invitation_is_in_the_language_of_the_site_for_who_chose_none(
    app, speak, read, reader, asked
):
    speak(reader)
    ann = enter(app, "Ann")
    form = ann.get("/users/new/", headers=asked).page.form
    sent = form.filled(email="eve@example.org", name="Eve", role="author")
    ann.send("/users/new/", sent, headers=asked)

    check(read(), "invitation", reader)


@BOTH
def test_password_link_is_in_the_language_of_its_reader(app, speak, read, reader, asked):
    speak(reader, "Ben")
    speak("en" if reader == "zh-Hans" else "zh-Hans", "Ann")
    ann = enter(app, "Ann")
    sent = {"csrf_token": ann.token(), "action": "mail", "ids": "2", "confirmed": "1"}
    assert ann.send("/users/bulk/", sent, headers=asked).status == 303

    check(read(), "link", reader)


@BOTH
def test_forgotten_password_is_in_the_language_of_the_account(app, speak, read, reader, asked):
    speak(reader, "Ben")
    visitor = Browser(app.test_client())
    form = visitor.get("/login/forgotten/", headers=asked).page.form
    visitor.send("/login/forgotten/", form.filled(email="ben@example.org"), headers=asked)

    check(read(), "forgotten", reader)


@pytest.mark.parametrize(("asked", "language"), [(CHINESE, "zh-Hans"), (ENGLISH, "en")])
def test_forgotten_password_of_who_chose_none_is_in_the_language_asked_in(
    app, read, asked, language
):
    visitor = Browser(app.test_client())
    form = visitor.get("/login/forgotten/", headers=asked).page.form
    visitor.send("/login/forgotten/", form.filled(email="ben@example.org"), headers=asked)

    check(read(), "forgotten", language)


@BOTH
def test_notice_is_in_the_language_of_its_reader(app, speak, read, reader, asked):
    speak(reader, "Ben")
    ann = enter(app, "Ann")
    form = ann.get("/users/edit/2/", headers=asked).page.form
    sent = form.filled(email="benjamin@example.org")
    assert ann.send("/users/edit/2/", sent, headers=asked).status == 303
    subject, text = read()

    check((subject, text), "told", reader)
    assert ("您账号的邮箱已改为" in text) == (reader == "zh-Hans")


def test_letter_of_a_job_is_in_english_where_the_language_is_none_of_ours(app, speak, read):
    speak("xx", "Ben")
    visitor = Browser(app.test_client())
    form = visitor.get("/login/forgotten/").page.form
    visitor.send("/login/forgotten/", form.filled(email="ben@example.org"))

    check(read(), "forgotten", "en")
