"""Forgets, once a day, where older comments came from."""

from typing import Any

from shared.domain.comments.origins import forget_origins
from shared.runtime import Runtime


def forget_old_origins(runtime: Runtime, _: dict[str, Any]) -> None:
    """Forget the origins of comments that are old enough."""
    with runtime.database.writing() as session:
        forget_origins(session, at=runtime.clock())
        session.commit()
