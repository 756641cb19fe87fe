"""Checks of the audit log are kept, go on from each other, and believe nobody without the key."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.domain import audit_checks
from shared.domain.chain import Mark
from shared.jobs import Worker, audit
from shared.jobs.handlers import HANDLERS, RECURRING
from shared.models import AuditCheck
from tests.cast import NOON, make_post, work_of


def check(runtime, days=0, **how):
    """Check so many days later, and keep what was found."""
    key, now = runtime.key("audit"), NOON + timedelta(days=days)
    with runtime.database.writing() as session:
        outcome = audit_checks.check_chain(session, key, now, **how)
        audit_checks.keep_outcome(session, outcome, key)
        session.commit()
    return outcome


def read(runtime):
    with runtime.database.reading() as session:
        return audit_checks.read_outcome(session, runtime.key("audit"))


def write(runtime, count=3):
    for _ in range(count):
        with runtime.database.writing() as session:
            make_post(work_of(session), published=False)
            session.commit()


def run(runtime, statement):
    with runtime.database.writing() as session:
        session.execute(text(statement))
        session.commit()


def test_first_check_is_of_the_whole_and_is_kept(any_runtime):
    write(any_runtime)
    assert read(any_runtime) is None
    outcome = check(any_runtime)

    assert (outcome.mark.number, outcome.whole_at, outcome.is_good) == (8, NOON, True)
    assert read(any_runtime) == outcome


def test_next_check_reads_only_what_is_new(any_runtime):
    check(any_runtime)
    write(any_runtime)
    run(any_runtime, "UPDATE audit_event SET actor_name = 'Mallory' WHERE number = 2")
    daily = check(any_runtime, days=1)

    assert (daily.mark.number, daily.whole_at, daily.is_good) == (8, NOON, True)


def test_after_a_week_the_whole_is_read_again(any_runtime):
    check(any_runtime)
    run(any_runtime, "UPDATE audit_event SET actor_name = 'Mallory' WHERE number = 2")
    weekly = check(any_runtime, days=7)

    assert weekly.broken.reason == "the event was changed after it was written"
    assert (weekly.broken.number, weekly.mark.number, weekly.whole_at) == (2, 5, NOON)


def test_broken_chain_stays_broken_until_it_is_mended(any_runtime):
    check(any_runtime)
    run(any_runtime, "UPDATE audit_event SET object_label = 'x' WHERE number = 2")
    check(any_runtime, whole=True)
    write(any_runtime)
    assert check(any_runtime, days=1).broken.number == 2
    run(any_runtime, "UPDATE audit_event SET object_label = 'Ben' WHERE number = 2")

    assert check(any_runtime, days=2).is_good


@pytest.mark.parametrize("whole", [True, False])
def test_events_cut_off_behind_the_last_check_show(any_runtime, whole):
    write(any_runtime)
    check(any_runtime)
    run(any_runtime, "DELETE FROM audit_event WHERE number > 6")
    outcome = check(any_runtime, days=1, whole=whole)

    assert outcome.broken.problem == "cut"
    assert outcome.broken.event_id is None
    assert read(any_runtime).broken == outcome.broken


def test_chain_written_anew_behind_a_cut_shows(any_runtime):
    write(any_runtime)
    check(any_runtime)
    run(any_runtime, "DELETE FROM audit_event WHERE number > 6")
    write(any_runtime, 4)

    assert check(any_runtime, days=1).broken.problem == "cut"
    assert check(any_runtime, days=2).broken.problem == "cut"


def test_event_added_past_the_verbs_shows_in_the_daily_check(any_runtime):
    check(any_runtime)
    run(
        any_runtime,
        "INSERT INTO audit_event (at, actor_kind, actor_name, action, object_kind, object_label,"
        " data, request_id, mac) SELECT at, actor_kind, actor_name, action, object_kind,"
        " object_label, data, request_id, '' FROM audit_event WHERE number = 1",
    )

    assert check(any_runtime, days=1).broken.problem == "loose"


def test_outcome_written_without_the_key_is_not_believed(any_runtime):
    write(any_runtime)
    check(any_runtime)
    run(any_runtime, "UPDATE audit_event SET actor_name = 'Mallory' WHERE number = 2")
    run(any_runtime, "UPDATE audit_check SET checked_at = checked_at, number = 7")

    assert (read(any_runtime).is_forged, read(any_runtime).is_good) == (True, False)
    assert check(any_runtime, days=1).broken.number == 2


def test_mark_from_the_log_must_be_passed(any_runtime):
    write(any_runtime)
    mark = check(any_runtime).mark
    run(any_runtime, "DELETE FROM audit_event WHERE number > 6")
    run(any_runtime, "DELETE FROM audit_check")

    assert check(any_runtime, seen=mark).broken.problem == "cut"
    assert check(any_runtime, seen=Mark(6, "0" * 64)).broken.problem == "cut"


def test_worker_checks_every_day_and_logs_the_mark(runtime, clock, caplog):
    caplog.set_level("INFO")
    assert audit_checks.KIND in HANDLERS
    assert RECURRING[audit_checks.KIND] == timedelta(days=1)
    worker = Worker(runtime)
    worker.sweep()
    worker.do_all()
    outcome = read(runtime)

    assert outcome.is_good
    assert f"the audit log holds, mark 5:{outcome.mark.mac}" in caplog.text
    run(runtime, "DELETE FROM audit_event WHERE number = 5")
    clock.forward(days=1, hours=1)
    worker.sweep()
    worker.do_all()
    assert "the audit log was tampered with at event 5" in caplog.text


def test_handler_may_be_called_twice(runtime):
    audit.check(runtime, {"whole": True})
    first = read(runtime)
    audit.check(runtime, {})

    assert read(runtime) == first
    with runtime.database.reading() as session:
        assert session.query(AuditCheck).count() == 1
