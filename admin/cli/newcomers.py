"""`flask welcome` and `flask setup-link`: the first steps of an instance."""

import click
from flask.cli import with_appcontext

from admin.account import setup
from admin.cli.running import Command, database
from admin.transfer import welcome as welcome_set
from shared.web import runtime


@click.command(cls=Command)
@with_appcontext
def welcome() -> None:
    """Load the welcome set, unless the site has posts already.

    Example: flask welcome
    """
    database()
    loaded = welcome_set.load(runtime())
    click.echo("Loaded the welcome set." if loaded else "There are posts already: nothing loaded.")


@click.command("setup-link", cls=Command)
@with_appcontext
def setup_link() -> None:
    """Print a new single-use link for the first owner's account; earlier ones end.

    Example: flask setup-link
    """
    database()
    link = setup.offer_link(runtime())
    if not link:
        raise click.ClickException("there is an owner already; see: flask users list")
    click.echo(link)
