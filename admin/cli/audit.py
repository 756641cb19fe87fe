"""`flask audit`: the record of who did what."""

import json

import click

from admin.cli.running import Group, database
from shared.domain.audit_checks import check_chain, keep_outcome
from shared.domain.chain import BEGINNING, Mark
from shared.web import runtime


@click.group(cls=Group)
def audit() -> None:
    """Look after the record of who did what."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--mark", metavar="NUMBER:CODE", help="A mark from an earlier log: it must be there.")
def verify(as_json: bool, mark: str | None) -> None:
    """Walk the chain of events; exits with 1 and names the first broken link, if one is.

    What was found is kept, as the dashboard and `flask doctor` show it.

    Example: flask audit verify
    """
    key, seen = runtime().key("audit"), read_mark(mark) if mark else BEGINNING
    with database().reading() as session:
        outcome = check_chain(session, key, runtime().clock(), whole=True, seen=seen)
    with database().writing() as session:
        keep_outcome(session, outcome, key)
        session.commit()
    broken = outcome.broken
    told: dict[str, object] = {"whole": True, "events": outcome.mark.number}
    text = f"The chain holds: {outcome.mark.number} events."
    if broken is not None:
        told = {"whole": False, "event_id": broken.event_id, "number": broken.number}
        told["reason"] = broken.reason
        event = f"event {broken.event_id} (number {broken.number})"
        text = f"Broken at {event if broken.event_id else 'its end'}: {broken.reason}."
    click.echo(json.dumps(told) if as_json else text)
    if broken is not None:
        raise click.exceptions.Exit(1)


def read_mark(word: str) -> Mark:
    """Return the mark that a line of the log names."""
    number, _, code = word.partition(":")
    if not number.isdecimal() or not code:
        raise click.BadParameter("give the number and the code as the log has them: 120:9f86…")
    return Mark(int(number), code)
