"""What every command shares: a database that fits, one unit of work, errors in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared.db import Database
from shared.domain.errors import DomainError
from shared.domain.work import SYSTEM, Work
from shared.keys import KeyFileError
from shared.web import runtime
from shared.write_gate import DatabaseBusyError


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what may go wrong in the field into one line and exit code 1."""
    try:
        yield
    except DomainError as error:
        raise click.ClickException(error.message) from error
    except DBAPIError as error:
        raise click.ClickException(f"the database refused: {first_line(error.orig)}") from error
    except (DatabaseBusyError, KeyFileError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{where}{error.strerror or error}") from error


class Group(AppGroup):
    """A group of commands whose failures are one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with one_line_errors():
            return super().invoke(ctx)


class Command(click.Command):
    """A command of its own whose failure is one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with one_line_errors():
            return super().invoke(ctx)


def first_line(error: object) -> str:
    """Return the first line of an error's text."""
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def database() -> Database:
    """Return the database; raises ClickException unless its schema is this code's."""
    found = runtime().database
    if not found.is_reachable():
        raise click.ClickException("the database cannot be reached; see DATABASE_URL")
    refuse_newer(found)
    if not found.is_current():
        raise click.ClickException("the database is not up to date; run: flask db upgrade")
    return found


def refuse_newer(found: Database) -> None:
    """Raise ClickException when a later version of the code has migrated the database."""
    if found.is_newer_than_code():
        raise click.ClickException(
            "the database belongs to a newer Triptych; run that one, or a backup"
        )


@contextmanager
def working() -> Iterator[Work]:
    """Give a unit of work of the system, committed when the block ends well."""
    with database().writing() as session:
        yield Work(session=session, actor=SYSTEM, at=runtime().clock())
        session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session that only reads."""
    with database().reading() as session:
        yield session
