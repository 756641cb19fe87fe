"""`flask jobs`: work that is owed and done outside of requests."""

import json

import click

from admin.cli.running import Group, database, reading, working
from shared.domain import jobs as domain
from shared.jobs.worker import Worker
from shared.jobs.working import work_until_told
from shared.models import Job
from shared.web import runtime


@click.group(cls=Group)
def jobs() -> None:
    """Do what the console and the API owe: mails, forms of images."""


@jobs.command()
@click.option("--once", is_flag=True, help="Do what is due, then end.")
def run(once: bool) -> None:
    """Work until stopped; not needed beside a server that was started with JOBS=1.

    Example: flask jobs run
    """
    database()
    if once:
        done = Worker(runtime()).do_all()
        click.echo(f"{done} jobs done.")
    else:
        work_until_told(runtime())


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> None:
    """List the jobs that wait and those that were given up.

    Example: flask jobs list
    """
    with reading() as session:
        rows = [describe(job) for job in domain.list_jobs(session)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("No job waits, none was given up.")
    for row in rows:
        tried = f"tried {row['attempts']} times" if row["attempts"] else "not tried yet"
        told = f"{row['id']:>6}  {row['state']:<8}{row['kind']:<16}{row['due_at']}  {tried}"
        click.echo(f"{told}  {row['error']}".rstrip())


@jobs.command()
@click.argument("job", type=int)
def retry(job: int) -> None:
    """Try a job again that was given up, or that waits for its next attempt.

    Example: flask jobs retry 12
    """
    with working() as work:
        domain.retry(work.session, job, work.at)
    click.echo(f"Job {job} is due now.")


def describe(job: Job) -> dict[str, object]:
    """Return what a list shows of a job; its data stays out, it may hold addresses."""
    state = "failed" if job.failed_at else "running" if job.holder else "waiting"
    return {
        "id": job.id,
        "kind": job.kind,
        "state": state,
        "due_at": job.due_at.isoformat(timespec="seconds"),
        "attempts": job.attempts,
        "error": job.error,
    }
