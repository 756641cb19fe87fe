"""Mails reach a real mail server; its refusals are kept, and it may come back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from shared.domain.errors import Conflict, Forbidden
from shared.domain.mail import Standing, forget_mails, owe_mail, retry_mail, standing, state_of
from shared.jobs import Worker
from shared.models import Job, Mail
from shared.runtime import Runtime
from tests.cast import NOON, Cast, work_of
from tests.mail_server import certificate, knows, mail_server

FROM = {"smtp_from": "site@example.org", "site_url": "https://example.org"}


def with_mail(runtime, port, **over):
    """The same instance, with a mail server."""
    plain = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "none", **FROM}
    made = Runtime(replace(runtime.settings, **(plain | over)), runtime.clock)
    made.__dict__["database"] = runtime.database
    return made


def owe(runtime, to="eve@example.org", **over):
    with runtime.database.writing() as session:
        plain = {"subject": "Welcome", "text": "Here is 你的链接:\nhttps://example.org/x\n"}
        mail = owe_mail(work_of(session), to=to, **(plain | over))
        session.commit()
        return mail.id


def look(runtime, number):
    with runtime.database.reading() as session:
        return session.get(Mail, number)


def test_mail_is_sent_once_and_what_it_said_is_erased(any_runtime, box):
    number = owe(any_runtime)
    worker = Worker(with_mail(any_runtime, box.port))

    assert worker.do_all() == 1
    assert worker.do_all() == 0
    assert box.to == [["eve@example.org"]]
    sent = box.mails[0]
    assert (sent["From"], sent["Subject"]) == ("Triptych <site@example.org>", "Welcome")
    assert (sent["Auto-Submitted"], sent["Message-ID"]) == (
        "auto-generated",
        f"<mail-{number}@example.org>",
    )
    assert sent.get_content().splitlines() == ["Here is 你的链接:", "https://example.org/x"]
    mail = look(any_runtime, number)
    assert (state_of(mail), mail.text, mail.attempts) == ("sent", "", 1)


def test_mail_of_a_unit_that_is_rolled_back_is_never_sent(any_runtime, box):
    with any_runtime.database.writing() as session:
        owe_mail(work_of(session), to="eve@example.org", subject="No", text="No")

    assert Worker(with_mail(any_runtime, box.port)).do_all() == 0
    assert box.mails == []


def test_server_that_refuses_for_now_is_asked_again_and_takes_it(any_runtime, box, clock):
    number, box.refusal = owe(any_runtime), "451 the disk is full"
    worker = Worker(with_mail(any_runtime, box.port))
    worker.do_all()

    mail = look(any_runtime, number)
    assert (state_of(mail), mail.error) == ("late", "451 the disk is full")
    box.refusal = ""
    assert worker.do_all() == 0
    clock.forward(seconds=13)
    worker.do_all()
    assert len(box.mails) == 1
    assert (state_of(look(any_runtime, number)), look(any_runtime, number).error) == ("sent", "")


def test_server_that_is_away_is_waited_for(runtime, clock):
    number = owe(runtime)
    with mail_server() as box:
        port = box.port
    worker = Worker(with_mail(runtime, port))
    worker.do_all()

    mail = look(runtime, number)
    assert state_of(mail) == "late"
    assert mail.error.startswith(f"127.0.0.1:{port}: ")


@pytest.mark.parametrize(
    ("to", "reason"),
    [("gone@example.org", "550 no such mailbox"), ("eve@example.org", "554 this is spam")],
)
def test_refusal_for_good_is_given_up_at_once(any_runtime, box, clock, to, reason):
    box.unknown, box.refusal = "gone@example.org", "554 this is spam"
    number = owe(any_runtime, to=to)
    worker = Worker(with_mail(any_runtime, box.port))
    worker.do_all()
    clock.forward(days=1)

    assert worker.do_all() == 0
    mail = look(any_runtime, number)
    assert (state_of(mail), mail.error) == ("failed", reason)


def test_mail_that_was_given_up_can_be_sent_again_by_the_owner_alone(any_runtime, box):
    box.refusal = "554 not today"
    number, worker = owe(any_runtime), Worker(with_mail(any_runtime, box.port))
    worker.do_all()
    box.refusal = ""
    with any_runtime.database.writing() as session:
        cast, mail = Cast.load(session), session.get(Mail, number)
        with pytest.raises(Forbidden, match="mail:read"):
            retry_mail(mail, work=work_of(session, cast.ben))
        retry_mail(mail, work=work_of(session, cast.ann))
        session.commit()
    worker.do_all()

    assert len(box.mails) == 1
    with (
        any_runtime.database.writing() as session,
        pytest.raises(Conflict, match=r"This mail was sent; what it said is erased\."),
    ):
        retry_mail(session.get(Mail, number), work=work_of(session))


def test_mail_whose_link_has_run_out_is_not_sent(runtime, box, clock):
    number = owe(runtime, expires_at=NOON)
    clock.forward(hours=1)
    Worker(with_mail(runtime, box.port)).do_all()

    assert box.mails == []
    assert look(runtime, number).error == "the link in it has run out"


def test_without_a_mail_server_the_reason_is_told(runtime):
    number = owe(runtime)
    Worker(runtime).do_all()

    mail = look(runtime, number)
    assert (state_of(mail), mail.error) == ("failed", "no mail server is set: SMTP_HOST")


def test_no_header_can_be_put_into_a_mail(runtime, box):
    owe(runtime, subject="Hello\r\nBcc: everyone@example.org")
    owe(runtime, to="eve@example.org\r\nBcc: all@example.org")
    Worker(with_mail(runtime, box.port)).do_all()

    assert [mail["Bcc"] for mail in box.mails] == [None]
    assert box.mails[0]["Subject"] == "Hello Bcc: everyone@example.org"


def test_encrypted_and_signed_in(runtime, tmp_path, monkeypatch):
    trusted, context = certificate(tmp_path)
    options = {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": knows(b"site", b"open sesame"),
    }
    account = {"smtp_tls": "starttls", "smtp_user": "site", "smtp_password": "open sesame"}
    with mail_server(**options) as box:
        stranger, number = Worker(with_mail(runtime, box.port, **account)), owe(runtime)
        stranger.do_all()
        assert "certificate verify failed" in look(runtime, number).error
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        wrong = account | {"smtp_password": "open barley"}
        number = owe(runtime, to="first@example.org")
        Worker(with_mail(runtime, box.port, **wrong)).do_all()
        assert look(runtime, number).error.startswith("535 ")
        owe(runtime, to="second@example.org")
        Worker(with_mail(runtime, box.port, **account)).do_all()
        assert box.to == [["second@example.org"]]


def test_encrypted_from_the_first_byte(runtime, tmp_path, monkeypatch):
    trusted, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(ssl_context=context) as box:
        owe(runtime)
        Worker(with_mail(runtime, box.port, smtp_tls="tls")).do_all()
        assert len(box.mails) == 1


def test_old_mails_are_forgotten_and_those_that_wait_are_not(any_runtime, box, clock):
    owe(any_runtime)
    Worker(with_mail(any_runtime, box.port)).do_all()
    waiting = owe(any_runtime)
    with any_runtime.database.writing() as session:
        assert standing(session) == Standing(0, 0)
        assert forget_mails(session, at=clock.forward(days=90)) == 0
        assert forget_mails(session, at=clock.forward(days=1)) == 1
        assert session.scalars(select(Mail.id)).all() == [waiting]
        assert session.scalar(select(Job.key).where(Job.finished_at.is_(None))) == f"mail:{waiting}"
