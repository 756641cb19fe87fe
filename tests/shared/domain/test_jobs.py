"""Jobs are owed by a transaction, taken by lease, and end or wait."""

from datetime import timedelta

import pytest

from shared.domain import jobs
from shared.domain.errors import NotFound
from shared.models import Job
from tests.cast import NOON, work_of


def owe(runtime, kind="mail", **over):
    with runtime.database.writing() as session:
        job = jobs.enqueue(work_of(session), kind, **over)
        session.commit()
        return job.id


def call(runtime, verb, *arguments):
    with runtime.database.writing() as session:
        result = verb(session, *arguments)
        session.commit()
        return result


def look(runtime, number):
    with runtime.database.reading() as session:
        return session.get(Job, number)


def later(**by):
    return NOON + timedelta(**by)


def test_job_of_a_transaction_that_was_rolled_back_is_not_owed(any_runtime):
    with any_runtime.database.writing() as session:
        jobs.enqueue(work_of(session), "mail")

    assert call(any_runtime, jobs.take, "one", NOON) is None


def test_job_is_taken_once_while_its_lease_lasts(any_runtime):
    number = owe(any_runtime, to="ann@example.org")

    taken = call(any_runtime, jobs.take, "one", NOON)

    assert (taken.id, taken.kind, taken.data, taken.attempts) == (
        number,
        "mail",
        {"to": "ann@example.org"},
        1,
    )
    assert call(any_runtime, jobs.take, "two", later(seconds=119)) is None
    again = call(any_runtime, jobs.take, "two", later(seconds=121))
    assert (again.id, again.holder, again.attempts) == (number, "two", 2)
    assert not call(any_runtime, jobs.finish, taken, later(seconds=122))
    assert call(any_runtime, jobs.finish, again, later(seconds=122))


def test_lease_that_is_renewed_keeps_others_away(any_runtime):
    owe(any_runtime)
    taken = call(any_runtime, jobs.take, "one", NOON)

    assert call(any_runtime, jobs.hold, taken, later(seconds=100))
    assert call(any_runtime, jobs.take, "two", later(seconds=219)) is None


def test_urgent_job_comes_first_then_the_one_that_waits_longest(any_runtime):
    third = owe(any_runtime, at=later(seconds=-5))
    second = owe(any_runtime, at=later(seconds=-9))
    first = owe(any_runtime, urgent=True)
    owe(any_runtime, urgent=True, at=later(hours=1))

    order = [call(any_runtime, jobs.take, "one", NOON) for _ in range(4)]

    assert [taken and taken.id for taken in order] == [first, second, third, None]


def test_job_with_a_key_is_owed_once_at_a_time(any_runtime):
    first = owe(any_runtime, key="forms:1", media=1)
    assert owe(any_runtime, key="forms:1", media=2) == first
    taken = call(any_runtime, jobs.take, "one", NOON)
    assert taken.data == {"media": 2}
    call(any_runtime, jobs.finish, taken, NOON)

    assert owe(any_runtime, key="forms:1") != first


def test_job_that_is_owed_again_while_it_is_done_is_done_once_more(any_runtime):
    number = owe(any_runtime, key="forms:1")
    taken = call(any_runtime, jobs.take, "one", NOON)
    owe(any_runtime, key="forms:1")

    assert not call(any_runtime, jobs.finish, taken, NOON)
    assert call(any_runtime, jobs.take, "one", NOON).id == number


def test_failed_job_waits_longer_each_time_and_is_given_up_in_the_end(any_runtime):
    number, now, pauses = owe(any_runtime), NOON, []
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        taken = call(any_runtime, jobs.take, "one", now)
        assert taken.attempts == attempt
        call(any_runtime, jobs.postpone, taken, "no answer", now)
        due = look(any_runtime, number).due_at
        pauses.append((due - now).total_seconds())
        now = max(due, now) + timedelta(seconds=1)

    expected = [min(10 * 2**n, 6 * 3_600) for n in range(jobs.MOST_ATTEMPTS - 1)]
    assert [
        0.8 <= pause / usual <= 1.2 for pause, usual in zip(pauses, expected, strict=False)
    ] == [True] * (jobs.MOST_ATTEMPTS - 1)
    job = look(any_runtime, number)
    assert (job.failed_at is None, job.error) == (False, "no answer")
    assert call(any_runtime, jobs.take, "one", later(days=9)) is None


def test_job_that_was_given_up_can_be_tried_again(any_runtime):
    number = owe(any_runtime)
    taken = call(any_runtime, jobs.take, "one", NOON)
    call(any_runtime, jobs.give_up, taken, "no such address", NOON)

    call(any_runtime, jobs.retry, number, later(hours=1))

    assert call(any_runtime, jobs.take, "one", later(hours=1)).attempts == 1
    with pytest.raises(NotFound, match=r"There is no job 99 that could be tried again\."):
        call(any_runtime, jobs.retry, 99, NOON)


def test_ended_jobs_are_forgotten_after_a_week(any_runtime):
    owe(any_runtime)
    taken = call(any_runtime, jobs.take, "one", NOON)
    call(any_runtime, jobs.finish, taken, NOON)

    assert call(any_runtime, jobs.forget_old, later(days=7)) == 0
    assert call(any_runtime, jobs.forget_old, later(days=7, seconds=1)) == 1


def test_standing_counts_what_waits_and_what_was_given_up(any_runtime):
    owe(any_runtime, at=later(minutes=-3))
    owe(any_runtime, at=later(minutes=3))
    owe(any_runtime, urgent=True)
    taken = call(any_runtime, jobs.take, "one", NOON)
    call(any_runtime, jobs.give_up, taken, "gone", NOON)

    with any_runtime.database.reading() as session:
        assert jobs.standing(session, NOON) == jobs.Standing(2, 1, later(minutes=-3))
        assert [job.failed_at is None for job in jobs.list_jobs(session)] == [True, True, False]


def test_job_over_which_every_holder_came_to_its_end_is_given_up(any_runtime):
    number = owe(any_runtime, "forms", key="forms:1")
    owe(any_runtime, "mail", at=later(days=2))

    for attempt in range(jobs.MOST_ATTEMPTS):
        assert call(any_runtime, jobs.take, "one", later(minutes=3 * attempt)).id == number

    assert call(any_runtime, jobs.take, "one", later(days=1)) is None
    job = look(any_runtime, number)
    assert (job.failed_at, job.key, job.error) == (
        later(days=1),
        None,
        "each worker that began it ended before it did",
    )
    assert call(any_runtime, jobs.take, "one", later(days=2)).kind == "mail"
