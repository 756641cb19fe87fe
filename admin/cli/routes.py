"""`flask routes --app NAME`: Flask's own command, told the app where an operator names it.

Flask looks its own commands up before any app is loaded; only an entry point `flask.commands` of
an installed project can stand in for one. `scripts/install.py` writes it into `.venv`.
"""

import click
from flask.cli import ScriptInfo, routes_command

from shared.keys import KeyFileError
from shared.settings import APPS, SettingsError


@click.command(epilog="Example: flask routes --app frontend")
@click.option("--app", type=click.Choice(APPS), help="The app; by default the console.")
@click.option(
    "--sort",
    type=click.Choice(["endpoint", "methods", "domain", "rule", "match"]),
    default="endpoint",
    show_default=True,
)
@click.option("--all-methods", is_flag=True, help="Show HEAD and OPTIONS too.")
@click.pass_context
def routes(context: click.Context, app: str | None, sort: str, *, all_methods: bool) -> None:
    """List the routes of one app."""
    if app is not None:
        context.obj = ScriptInfo(app_import_path=app)
    try:
        context.invoke(routes_command, sort=sort, all_methods=all_methods)
    except (SettingsError, KeyFileError) as error:
        raise click.ClickException(str(error)) from error
