"""`flask jobs`."""

import json

from shared.domain import jobs
from tests.cast import NOON, work_of


def owe(runtime, kind):
    with runtime.database.writing() as session:
        job = jobs.enqueue(work_of(session), kind)
        session.commit()
        return job.id


def test_list_without_jobs_says_so(run):
    assert run("jobs", "list").output == "No job waits, none was given up.\n"


def test_list_names_what_waits_and_never_its_data(run, runtime):
    number = owe(runtime, "mail")

    listed = run("jobs", "list", "--json").output

    assert json.loads(listed) == [
        {
            "id": number,
            "kind": "mail",
            "state": "waiting",
            "due_at": NOON.isoformat(timespec="seconds"),
            "attempts": 0,
            "error": "",
        }
    ]


def test_job_that_was_given_up_is_due_again_after_a_retry(run, runtime):
    number = owe(runtime, "unheard-of")
    assert run("jobs", "run", "--once").output == "1 jobs done.\n"
    assert "failed" in run("jobs", "list").output

    assert run("jobs", "retry", str(number)).output == f"Job {number} is due now.\n"

    assert "waiting" in run("jobs", "list").output


def test_retry_of_an_unknown_job_says_so(run):
    result = run("jobs", "retry", "99")

    assert result.exit_code == 1
    assert "There is no job 99 that could be tried again." in result.output
