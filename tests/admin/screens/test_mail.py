"""The owner sees what waits, was sent and failed, and tries again; never what a mail says."""

import pytest

from shared.domain.mail import note_refused, note_sent, owe_mail
from shared.models import Mail
from tests.admin.lists import read_list
from tests.cast import NOON, work_of


@pytest.fixture
def mails(runtime):
    with runtime.database.writing() as session:
        for name in ("waits", "late", "sent", "failed"):
            to = f"{name}@example.org"
            mail = owe_mail(work_of(session), to=to, subject="Welcome", text="a secret link")
            if name == "sent":
                note_sent(mail, at=NOON)
            if name in {"late", "failed"}:
                note_refused(mail, "550 no", for_good=name == "failed", at=NOON)
        session.commit()


def test_states_are_told_with_their_reason(as_, mails):
    found = read_list(as_("Ann"), "/mail/")

    told = {
        row["Recipient"]: (row["State"], row["What the mail server said"]) for row in found.rows
    }
    assert told == {
        "waits@example.org": ("Waiting", ""),
        "late@example.org": ("Tried in vain, will be again", "550 no"),
        "sent@example.org": ("Sent", ""),
        "failed@example.org": ("Failed", "550 no"),
    }
    assert "a secret link" not in found.html
    for state in ("waiting", "late", "sent", "failed"):
        assert read_list(as_("Ann"), f"/mail/?state={state}").count == "1"


def test_failed_mail_is_tried_again(as_, mails, runtime):
    ann = as_("Ann")
    fields = {"csrf_token": ann.token(), "action": "retry", "ids": "4", "confirmed": "1"}

    assert ann.send("/mail/bulk/", fields).status == 303
    with runtime.database.reading() as session:
        assert session.get(Mail, 4).failed_at is None
    assert as_("Ben").get("/mail/").status == 403
