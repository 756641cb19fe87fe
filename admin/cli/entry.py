"""What `flask` loads (`.flaskenv`): the console, whose start fails in one line, not a traceback."""

import logging
import os

import click
from flask import Flask

from admin import create_app as create_console
from shared import logging as log
from shared.keys import KeyFileError
from shared.runtime import Runtime
from shared.settings import SettingsError


def create_app() -> Flask:
    """Build the console for its commands; what they log goes to the file, warnings also here."""
    os.umask(0o007)  # what commands make is for this account and its group only, as the server's
    try:
        runtime = Runtime.from_env()
        log.configure(runtime.settings, app="command")
        app = create_console(runtime)
    except (SettingsError, KeyFileError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    quieten_console()
    return app


def quieten_console() -> None:
    """Keep lines of information out of a command's own output."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, log.Line) and type(handler) is logging.StreamHandler:
            handler.setLevel(logging.WARNING)
