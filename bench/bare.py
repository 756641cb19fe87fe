"""A WSGI callable that does nothing but return answers prepared beforehand.

It runs under the same gunicorn configuration as the real application and is what every figure is
compared with. `BENCH_ANSWERS` names a file that `write_answers` wrote.
"""

import base64
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from bench.hosted import Hosted
from bench.measuring import Question
from bench.visitor import Answer

# What gunicorn writes itself.
HOP_HEADERS: Final = frozenset({"connection", "date", "server", "transfer-encoding"})


def write_answers(answers: Iterable[tuple[Question, Answer]], path: Path) -> None:
    """Write down what the bare server is to answer."""
    path.write_text(json.dumps([_written(*one) for one in answers]))


def _written(question: Question, answer: Answer) -> tuple[object, ...]:
    return (
        question.target,
        question.headers.get("Accept-Encoding", "identity"),
        question.headers.get("If-None-Match"),
        f"{answer.status} {answer.reason}",
        [header for header in answer.headers if header[0].lower() not in HOP_HEADERS],
        base64.b64encode(answer.body).decode(),
    )


class Bare(Hosted):
    """Answers from memory."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.answers = {
            (target, accepted, known): (
                status,
                [(name, value) for name, value in headers],
                [base64.b64decode(body)] if body else [],
            )
            for target, accepted, known, status, headers, body in json.loads(path.read_text())
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Return the answer of this very request."""
        asked = environ.get("HTTP_ACCEPT_ENCODING"), environ.get("HTTP_IF_NONE_MATCH")
        status, headers, body = self.answers[(environ["RAW_URI"], *asked)]
        start_response(status, headers)
        return body


if "BENCH_ANSWERS" in os.environ:
    application = Bare(Path(os.environ["BENCH_ANSWERS"]))
