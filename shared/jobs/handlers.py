"""Which function does which kind of job, in one table."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.jobs import mails, media
from shared.jobs.outcomes import GiveUp
from shared.runtime import Runtime

__all__ = ["HANDLERS", "GiveUp", "Handler"]

Handler = Callable[[Runtime, dict[str, Any]], None]

# kind: the function. It opens sessions of its own and must bear being called twice.
HANDLERS: Final[Mapping[str, Handler]] = {
    "mail": mails.deliver,
    "media.forms": media.make_forms,
    "media.remove": media.remove,
}
