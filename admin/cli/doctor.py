"""`flask doctor`: what is wrong with this instance, and what to do about it."""

import json

import click
from flask.cli import with_appcontext

from admin.cli.running import Command
from admin.doctor import examine
from shared.web import runtime


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Look at settings, folders and database; exits with 1 when something is in error.

    Run it with the same settings in the environment as the server, and as its account.

    Example: flask doctor
    """
    findings = list(examine(runtime()))
    if as_json:
        told = [vars(finding) for finding in findings]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(finding.as_line())
    if any(finding.level == "error" for finding in findings):
        raise click.exceptions.Exit(1)
