"""`flask db`: the schema of the database."""

from contextlib import suppress

import click

from admin.cli.running import Group, refuse_newer
from shared import migrations
from shared.db import Database
from shared.web import runtime


@click.group(cls=Group)
def db() -> None:
    """Look at the database's schema and bring it up to date."""


@db.command()
def upgrade() -> None:
    """Bring the database to this code's schema.

    Example: flask db upgrade
    """
    found = open_database()
    before = found.revision()
    if before == migrations.head():
        click.echo(f"The database is up to date ({before}).")
        return
    found.upgrade()
    click.echo(f"Upgraded the database from {before or 'nothing'} to {migrations.head()}.")


@db.command()
def current() -> None:
    """Print the migration that the database stands at.

    Example: flask db current
    """
    found = open_database()
    revision = found.revision()
    state = "up to date" if found.is_current() else f"behind {migrations.head()}"
    click.echo(f"{revision or 'nothing'} ({state})")


@db.command()
def history() -> None:
    """List every migration, oldest first, and whether it was applied.

    Example: flask db history
    """
    at = open_database().revision() or ""
    for file in sorted((migrations.FOLDER / "versions").glob("[0-9]*.py")):
        number, _, name = file.stem.partition("_")
        state = "applied" if number <= at else "waiting"
        click.echo(f"{number}  {name.replace('_', ' '):<12}  {state}")


def open_database() -> Database:
    """Return the database in whatever state but newer than the code."""
    runtime().settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = runtime().database
    with suppress(OSError):  # what cannot be made cannot be reached either
        found.create()
    if not found.is_reachable():
        raise click.ClickException("the database cannot be reached; see DATABASE_URL")
    refuse_newer(found)
    return found
