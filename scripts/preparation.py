"""What has to be true before a server starts; each trouble is one clear line."""

import os
import socket
import tempfile

from sqlalchemy.exc import SQLAlchemyError

from shared.logging import configure
from shared.runtime import Runtime
from shared.settings import Settings


class StartError(RuntimeError):
    """The server cannot start; the message says why and what to do."""


def prepare(settings: Settings) -> Runtime:
    """Check folder, port and keys, bring the database up to date, welcome a new instance."""
    check_folder(settings)
    check_port(settings)
    configure(settings, app="start")
    runtime = Runtime(settings)
    runtime.key("start")  # makes the master key, or says that its file is unsafe
    if migrate(runtime):
        from admin.transfer import welcome  # noqa: PLC0415 - needed once in an instance's life

        welcome.load(runtime)
    return runtime


def check_folder(settings: Settings) -> None:
    """Make the instance's folder and write to it."""
    folder = settings.instance
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"?")
    except OSError as error:
        raise StartError(f"INSTANCE: cannot write to {folder}: {error.strerror}") from error


def check_port(settings: Settings) -> None:
    """Listen for a moment, as the server will."""
    if settings.bind.startswith("unix:"):
        return
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
            probe.listen(1)
        except OSError as error:
            reason = os.strerror(error.errno or 0).lower()
            raise StartError(
                f"cannot listen on {settings.bind} port {settings.port}: {reason}; "
                f"choose another: make run PORT={settings.port + 1}"
            ) from error


def migrate(runtime: Runtime) -> bool:
    """Bring the database to the newest migration; tell whether it was empty before."""
    database = runtime.database
    if not database.is_reachable():
        raise StartError("DATABASE_URL: the database cannot be reached")
    if database.is_newer_than_code():
        raise StartError("the database is newer than this Triptych; run the newer one")
    was_empty = database.revision() is None
    if not database.is_current():
        try:
            database.upgrade()
        except SQLAlchemyError as error:
            reason = str(error).partition("\n")[0]
            raise StartError(f"the database cannot be brought up to date: {reason}") from error
    return was_empty
