"""A WSGI callable that does nothing but return answers prepared beforehand.

It runs under the same gunicorn configuration as the real application and is what every figure is
compared with. `BENCH_ANSWERS` names a JSON file: request target → status, headers, body (base64).
"""

import base64
import json
import math
import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from shared.time_limit import TimeLimit


class Bare:
    """Answers from memory; gunicorn.conf.py asks whatever it serves for a `time_limit`."""

    def __init__(self, path: Path) -> None:
        self.time_limit = TimeLimit(math.inf, str)
        self.answers = {
            target: (status, [tuple(header) for header in headers], [base64.b64decode(body)])
            for target, (status, headers, body) in json.loads(path.read_text()).items()
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Return the answer of this very request target."""
        status, headers, body = self.answers[environ["RAW_URI"]]
        start_response(status, headers)
        return body

    def warm_up(self) -> None:
        """Do nothing: gunicorn.conf.py calls this on whatever it serves."""


if "BENCH_ANSWERS" in os.environ:
    application = Bare(Path(os.environ["BENCH_ANSWERS"]))
