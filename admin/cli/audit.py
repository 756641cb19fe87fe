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
    broken = isinstance(found, chain.Broken)
    if as_json:
        told = vars(found) if broken else {"events": found}
        click.echo(json.dumps({"whole": not broken} | told))
    elif broken:
        click.echo(f"Broken at event {found.event_id} (number {found.number}): {found.reason}.")
    else:
        click.echo(f"The chain holds: {found} events.")
    if broken:
        raise click.exceptions.Exit(1)
