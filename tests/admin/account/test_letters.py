"""Invitations and forgotten passwords by mail, through a real mail server."""

import re

import pytest
from sqlalchemy import func, select

from admin import create_app
from shared.jobs import Worker
from shared.models import Mail, OneTimeLink
from tests.admin.signing_in import Browser, enter
from tests.cast import PASSWORD

NEW = "the sentence of a newcomer"


@pytest.fixture
def app(mailing):
    return create_app(mailing)


def post(mailing, box):
    """Send what is owed; return the address and the path of the link of each mail."""
    Worker(mailing).do_all()
    told = []
    for mail in box.mails:
        link = re.search(r"https://example.org/blog/admin(/\S+)", mail.get_content())
        told.append((mail["To"], link[1] if link else None))
    box.mails.clear()
    return told


def ask(app, email, **options):
    visitor = Browser(app.test_client())
    form = visitor.get("/login/forgotten/", **options).page.form
    return visitor.send("/login/forgotten/", form.filled(email=email), **options)


def test_invitation_comes_by_mail_and_its_link_is_shown_to_nobody(app, mailing, box):
    ann = enter(app, "Ann")
    form = ann.get("/users/new/").page.form
    ann.send("/users/new/", form.filled(email="eve@example.org", name="Eve", role="author"))
    page = ann.get("/users/").page

    assert "A mail with a link goes to eve@example.org." in page.text
    assert "/invitation/" not in page.html
    [(to, path)] = post(mailing, box)
    assert to == "eve@example.org"
    eve = Browser(app.test_client())
    sent = eve.get(path).page.form.filled(name="Eve", password=NEW, repeat=NEW)
    assert eve.send(path, sent).location == "/"


def test_forgotten_password_is_set_by_a_link_that_lasts_an_hour(app, mailing, box, clock):
    answer = ask(app, " BEN@example.org")

    assert (answer.status, answer.location) == (303, "/login/")
    [(to, path)] = post(mailing, box)
    assert to == "ben@example.org"
    ben = Browser(app.test_client())
    form = ben.get(path).page.form
    clock.forward(minutes=61)
    assert ben.get(path).status == 410
    clock.forward(minutes=-2)
    assert ben.send(path, form.filled(password=NEW, repeat=NEW)).location == "/"
    assert Browser(app.test_client()).get(path).status == 410


def test_answer_and_work_of_the_request_are_the_same_for_everyone(app, mailing, box, runtime):
    told = []
    for email in ("ben@example.org", "nobody@example.org"):
        answer = ask(app, email)
        with runtime.database.reading() as session:
            rows = [
                session.scalar(select(func.count()).select_from(t)) for t in (Mail, OneTimeLink)
            ]
        told.append((answer.status, answer.location, answer.page.text, rows))

    assert told[0] == told[1]
    assert [to for to, _ in post(mailing, box)] == ["ben@example.org"]


def test_asking_is_throttled_by_account(app, mailing, box):
    answers = [ask(app, "ben@example.org") for _ in range(4)]

    assert [answer.status for answer in answers] == [303, 303, 303, 429]
    assert "Too many attempts." in answers[-1].page.text


def test_link_never_leads_to_the_host_that_a_request_named(app, mailing, box):
    ask(app, "ben@example.org", base_url="http://evil.example")
    Worker(mailing).do_all()

    assert "evil.example" not in box.mails[0].get_content()


def test_disabled_account_gets_no_link(app, mailing, box):
    ann = enter(app, "Ann")
    fields = {"csrf_token": ann.token(), "action": "disable", "ids": "2", "confirmed": "1"}
    ann.send("/users/bulk/", fields)
    ask(app, "ben@example.org")

    assert post(mailing, box) == []


def test_without_a_mail_server_the_page_says_whom_to_ask(runtime):
    page = Browser(create_app(runtime).test_client()).get("/login/forgotten/").page

    assert "This site sends no mail. Ask an owner of it" in page.text
    assert page.forms == []


def test_sign_in_page_leads_to_it(app):
    visitor = Browser(app.test_client())
    assert 'href="/login/forgotten/"' in visitor.get("/login/").page.html
    assert PASSWORD not in visitor.get("/login/").page.html
