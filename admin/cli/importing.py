"""`flask import`: content of other programs."""

import click

from admin.cli.running import Group


@click.group("import", cls=Group)
def import_() -> None:
    """Bring in the content of another program."""
