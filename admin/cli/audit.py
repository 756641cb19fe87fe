"""`flask audit`: the record of who did what."""

import json

import click

from admin.cli.running import Group, reading
from shared.domain import chain
from shared.web import runtime


@click.group(cls=Group)
def audit() -> None:
    """Look after the record of who did what."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Walk the chain of events; exits with 1 and names the first broken link, if one is.

    Example: flask audit verify
    """
    with reading() as session:
        found = chain.verify(session, runtime().key("audit"))
    if isinstance(found, chain.Broken):
        told = {"whole": False} | vars(found)
        text = f"Broken at event {found.event_id} (number {found.number}): {found.reason}."
    else:
        told, text = {"whole": True, "events": found}, f"The chain holds: {found} events."
    click.echo(json.dumps(told) if as_json else text)
    if not told["whole"]:
        raise click.exceptions.Exit(1)
