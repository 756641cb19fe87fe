"""The operators' commands: thin, each one unit of work, each failure one line."""

from typing import TYPE_CHECKING

from admin.cli.audit import audit
from admin.cli.database import db
from admin.cli.exporting import export
from admin.cli.importing import import_
from admin.cli.newcomers import setup_link, welcome
from admin.cli.users import users

if TYPE_CHECKING:
    from flask import Flask

COMMANDS = (audit, db, export, import_, setup_link, users, welcome)


def register_commands(app: "Flask") -> None:
    """Make the commands known to `flask`."""
    for command in COMMANDS:
        app.cli.add_command(command)
