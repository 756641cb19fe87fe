"""Where comments came from, as keyed hashes: kept for a while, against spam."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from shared.models import Comment

KEPT: Final = timedelta(days=90)


def forget_origins(session: Session, *, at: datetime) -> None:
    """Forget where older comments came from; nothing that anybody sees changes."""
    old = (Comment.origin != "", Comment.created_at <= at - KEPT)
    session.execute(update(Comment).where(*old).values(origin=""))
