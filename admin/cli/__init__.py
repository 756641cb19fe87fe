"""The operators' commands: thin, each one unit of work, each failure one line."""

from importlib import import_module
from typing import TYPE_CHECKING

from flask.cli import AppGroup

if TYPE_CHECKING:
    from click import Command, Context
    from flask import Flask

COMMANDS = {
    "audit": "audit.audit",
    "comments": "comments.comments",
    "db": "database.db",
    "doctor": "doctor.doctor",
    "export": "exporting.export",
    "import": "importing.import_",
    "jobs": "jobs.jobs",
    "lint": "linting.lint",
    "mail": "mail.mail",
    "media": "media.media",
    "pages": "pages.pages",
    "revisions": "revisions.revisions",
    "setup-link": "newcomers.setup_link",
    "trash": "trash.trash",
    "users": "users.users",
    "welcome": "newcomers.welcome",
}


class Commands(AppGroup):
    """Commands by name, imported when asked for: with the importers they are 3 MB of a worker."""

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Return a command, None for an unknown name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(".")
        found: Command = getattr(import_module(f"admin.cli.{module}"), name)
        return found


def register_commands(app: "Flask") -> None:
    """Make the commands known to `flask`."""
    app.cli = Commands(app.name)
