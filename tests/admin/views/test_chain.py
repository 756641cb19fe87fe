"""The page that tells whether the audit log is whole."""

import pytest
from sqlalchemy import text

from admin.views.home import chain
from shared.domain import jobs
from shared.domain.audit_checks import KIND
from shared.jobs import Worker


def press(browser):
    return browser.send("/audit/verify/", {"csrf_token": browser.token()})


def run(runtime, statement):
    with runtime.database.writing() as session:
        session.execute(text(statement))
        session.commit()


def test_new_events_are_counted_since_the_last_check(as_, runtime):
    ann = as_("Ann")
    press(ann)
    as_("Ben")
    page = ann.get("/audit/verify/").page

    assert "The audit log is whole" in page.text
    assert "1 new event" in page.text


def test_long_chain_is_checked_by_the_worker(as_, runtime, monkeypatch):
    monkeypatch.setattr(chain, "AT_ONCE", 3)
    ann = as_("Ann")
    press(ann)
    waiting = ann.get("/audit/verify/").page
    with runtime.database.reading() as session:
        assert jobs.is_open(session, KIND)
    Worker(runtime).do_all()

    assert "The whole log is being checked" in waiting.text
    assert 'data-reload="3"' in waiting.html
    assert "The audit log is whole" in ann.get("/audit/verify/").page.text


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM audit_event WHERE number = 6", "At its end: event 6"),
        ("UPDATE audit_check SET number = 1", "The record of the last check was written by"),
    ],
)
def test_what_is_wrong_is_said_loudly(as_, runtime, statement, said):
    ann = as_("Ann")
    press(ann)
    run(runtime, statement)
    if "audit_event" in statement:
        press(ann)
    page = ann.get("/audit/verify/").page

    assert "The audit log was tampered with" in page.text
    assert said in page.html.partition('role="alert"')[2].partition("</div>")[0]


def test_days_without_a_check_are_a_warning(as_, clock):
    press(as_("Ann"))
    clock.forward(days=4)

    assert "Nobody has checked for days" in as_("Ann").get("/audit/verify/").page.text


def test_only_owners_check(as_):
    assert as_("Ben").get("/audit/verify/").status == 403
    assert press(as_("Ben")).status == 403
