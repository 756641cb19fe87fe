"""One at a time at the bytes of an address: whoever brings them in, and whoever removes them."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

LOCK: Final = 7_270_402  # the first number of these advisory locks, any that nobody else uses


def hold_place(session: Session, file: str) -> None:
    """Let nobody else bring in or remove the same bytes until the unit of work ends.

    Of SQLite's writers there is but one. The place is the folder, named by the content: other
    names of the same bytes lie there too, and their forms below it.
    """
    if session.get_bind().dialect.name == "postgresql":
        place = {"lock": LOCK, "folder": file.rpartition("/")[0]}
        session.execute(text("SELECT pg_advisory_xact_lock(:lock, hashtext(:folder))"), place)
