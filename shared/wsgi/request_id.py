"""The id that follows one request through every answer and log line."""

import random
import re

from shared.log_context import request_id as current

__all__ = ["current", "identify"]

_is_well_formed = re.compile(r"[A-Za-z0-9._-]{8,64}").fullmatch


def identify(given: str) -> str:
    """Return the id that the client or proxy gave if it is well formed, else a new one."""
    if given and _is_well_formed(given):
        return given
    return f"{random.getrandbits(64):016x}"  # a name, not a secret: it needs no system call
