"""The log line of an answer that is given in front of the applications' own machinery."""

import time
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

from shared.logging import log_request


def log_answer(
    environ: WSGIEnvironment, status: int, size: int, *, who: str = "-", way: str = ""
) -> None:
    """Write the line of a request that was answered with a body of `size` bytes.

    `way` is one of `shared.page_counts.WAYS` for a page of the site.
    """
    now = time.perf_counter()
    raw: str = environ.get("RAW_URI") or environ.get("REQUEST_URI") or ""
    path = raw.partition("?")[0]
    if not path:
        whole: str = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        path = quote(whole.encode("latin-1", "replace"))
    log_request(
        environ.get("REQUEST_METHOD", "-"),
        path,
        status,
        size=size,
        ms=(now - environ.get("triptych.started", now)) * 1000,
        who=who,
        way=way,
    )
