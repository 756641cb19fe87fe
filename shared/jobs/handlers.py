"""Which function does which kind of job, in one table."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.runtime import Runtime

Handler = Callable[[Runtime, dict[str, Any]], None]


class GiveUp(Exception):
    """A handler's word that no further attempt can succeed; the message says why."""


# kind: the function. It opens sessions of its own and must bear being called twice.
HANDLERS: Final[Mapping[str, Handler]] = {}
