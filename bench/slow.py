"""The whole platform with an API that also has an endpoint which only waits.

gunicorn serves it for the benchmark alone. `BENCH_BULKHEADS=off` leaves no threads to the site.
"""

import os
import time
from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH: Final = "/api/slow"
WAIT: Final = 1.0  # seconds


class Slow:
    """WSGI middleware that answers one path late."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Wait, or leave it to the API."""
        if environ["SCRIPT_NAME"] + environ["PATH_INFO"] != PATH:
            return self.app(environ, start_response)
        time.sleep(WAIT)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]


if "BENCH_BULKHEADS" in os.environ:
    import api
    import dispatcher
    from shared.runtime import Runtime

    if os.environ["BENCH_BULKHEADS"] == "off":
        dispatcher.THREADS_OF_THE_SITE = 0
    application = dispatcher.compose(
        Runtime.from_env(serving=True), {"api": lambda runtime: Slow(api.create_app(runtime))}
    )
