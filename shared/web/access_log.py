"""One line in the log per request."""

import time

from flask import Flask, Response, g, request

from shared.log_context import app_name
from shared.logging import log_request


def log_requests(app: Flask, name: str) -> None:
    """Write method, path, status, bytes, milliseconds and who asked, once the answer is made."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        app_name.set(name)

    @app.after_request
    def write(response: Response) -> Response:
        if "triptych.is_logged" in request.environ:  # by who asked for this page to be made
            return response
        log_request(
            method=request.method,
            path=request.environ.get("RAW_URI") or request.path,
            status=response.status_code,
            size=0 if response.is_streamed else response.calculate_content_length() or 0,
            ms=(time.perf_counter() - g.get("started", time.perf_counter())) * 1000,
            who=g.get("who", "-"),
        )
        return response
