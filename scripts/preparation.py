"""What has to be true before a server starts; each trouble is one clear line."""

import errno
import logging
import os
import socket
import tempfile
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from shared.domain.users import has_owner
from shared.runtime import Runtime
from shared.settings import Settings

_log = logging.getLogger(__name__)


class StartError(RuntimeError):
    """The server cannot start; the message says why and what to do."""


def prepare(settings: Settings) -> Runtime:
    """Check folder, port and keys, and bring the database up to date."""
    check_folder(settings)
    check_port(settings)
    check_loss(settings)
    runtime = Runtime(settings)
    runtime.key("start")  # makes the master key, or says that its file is unsafe
    migrate(runtime)
    return runtime


def check_folder(settings: Settings) -> None:
    """Make the instance's folder and write to it."""
    folder = settings.instance
    if folder.exists() and not folder.is_dir():
        raise StartError(f"INSTANCE: {folder} is not a folder")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"?")
    except OSError as error:
        raise StartError(f"INSTANCE: cannot write to {folder}: {error.strerror}") from error


def check_loss(settings: Settings) -> None:
    """Refuse to begin a new site where one has been whose database is missing."""
    instance = settings.instance
    if settings.database_url or (instance / "triptych.sqlite3").exists():
        return
    signs = (instance / "pages" / "copies.sqlite3", *(instance / "media").glob("*"))
    if any(sign.exists() for sign in signs):
        raise StartError(
            f"INSTANCE: the database is missing from {instance}, where a site has been; "
            "put it back, or make a new one with: flask db upgrade"
        )


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
        except socket.gaierror as error:
            raise StartError(f"BIND: {settings.bind} is no address: {error.strerror}") from error
        except OSError as error:
            raise StartError(
                f"cannot listen on {settings.bind} port {settings.port}: "
                f"{os.strerror(error.errno or 0).lower()}; {_advice(error, settings.port)}"
            ) from error


def _advice(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRNOTAVAIL:
        return "BIND must be an address of this machine"
    return f"choose another: make run PORT={port + 1}"


def migrate(runtime: Runtime) -> None:
    """Bring the database to the newest migration."""
    database = runtime.database
    with suppress(OSError):  # what cannot be made cannot be reached either
        database.create()
    if not database.is_reachable():
        if runtime.settings.database_url:
            raise StartError("DATABASE_URL: the database cannot be reached")
        raise StartError(f"INSTANCE: the database in {runtime.settings.instance} cannot be read")
    if database.is_newer_than_code():
        raise StartError("the database is newer than this Triptych; run the newer one")
    if database.is_current():
        return
    try:
        database.upgrade()
    except SQLAlchemyError as error:
        reason = str(error).partition("\n")[0]
        raise StartError(f"the database cannot be brought up to date: {reason}") from error


def welcome(runtime: Runtime) -> str | None:
    """Give an instance without an owner its first posts; return the link that makes the owner.

    A console whose code is broken is logged and left out: the site is served without it.
    """
    with runtime.database.reading() as session:
        if has_owner(session) or "admin" not in runtime.settings.apps:
            return None
    try:
        from admin.account import setup  # noqa: PLC0415 - needed until there is an owner, no longer
        from admin.transfer import welcome as first_posts  # noqa: PLC0415 - as above

        first_posts.load(runtime)
        return setup.offer_link(runtime)
    except Exception:  # noqa: BLE001 - whatever is wrong there stays there
        _log.exception("the console cannot be set up")
        return None
