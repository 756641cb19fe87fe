"""Forgets, once a day, where older comments came from, and old spam with all that it said."""

from typing import Any

from shared.domain.comments.origins import forget_origins
from shared.domain.comments.removing import AT_ONCE, purge
from shared.domain.site import load_site
from shared.domain.work import SYSTEM, Work
from shared.runtime import Runtime


def forget_old_origins(runtime: Runtime, _: dict[str, Any]) -> None:
    """Forget the origins of comments that are old enough."""
    with runtime.database.writing() as session:
        forget_origins(session, at=runtime.clock())
        session.commit()


def purge_old(runtime: Runtime, _: dict[str, Any]) -> None:
    """Delete what was spam or in the trash for longer than the settings keep it, part by part."""
    part = AT_ONCE
    while part == AT_ONCE:
        with runtime.database.writing() as session:
            work = Work(session=session, actor=SYSTEM, at=runtime.clock())
            part = purge(load_site(session).comments_keep_days, work=work)
            session.commit()
