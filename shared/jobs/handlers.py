"""Which function does which kind of job, in one table."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from shared.domain.audit_checks import DAILY
from shared.domain.audit_checks import KIND as AUDIT_CHECK
from shared.jobs import audit, comments, links, mails, media
from shared.jobs.outcomes import GiveUp
from shared.runtime import Runtime

__all__ = ["HANDLERS", "RECURRING", "GiveUp", "Handler"]

Handler = Callable[[Runtime, dict[str, Any]], None]

# kind: the function. It opens sessions of its own and must bear being called twice.
HANDLERS: Final[Mapping[str, Handler]] = {
    AUDIT_CHECK: audit.check,
    "comments.forget_origins": comments.forget_old_origins,
    "comments.purge": comments.purge_old,
    "comments.tell": comments.tell,
    "links.check": links.check_all,
    "mail": mails.deliver,
    "media.forms": media.make_forms,
    "media.remove": media.remove,
    "password_link": mails.mail_password_link,
}

# What is owed again when so much time has passed since it last was.
RECURRING: Final[Mapping[str, timedelta]] = {
    AUDIT_CHECK: DAILY,
    "comments.forget_origins": timedelta(days=1),
    "comments.purge": timedelta(days=1),
    "links.check": timedelta(days=1),
}
