"""Logging for every app and command: one set-up per process, one line per event, no secrets.

A line of text is the notes' format, with the app and the request in front of the message:
`2026-11-23T10:15:30.123Z - shared.domain.posts - INFO - [admin 6f1c…] published post 12`.
"""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shared import log_batches as batches
from shared.log_batches import RequestLine
from shared.log_context import app_name, request_id
from shared.log_redaction import escape, escape_json, redactor
from shared.log_rotation import SharedFileHandler
from shared.settings import Settings

MAX_MESSAGE = 8_192
MAX_TRACEBACK = 65_536

_access = logging.getLogger("triptych.access")
_configured: list[Settings] = []


def log_path(settings: Settings) -> Path:
    """Return the file that is written to now; rotated ones lie beside it."""
    return settings.instance / "logs" / "triptych.log"


def configure(settings: Settings, *, app: str = "server") -> None:
    """Send every logger of this process to the console and the log file; again: no change.

    `app` names the process on lines that no mounted application wrote.
    """
    if _configured == [settings]:
        return
    line = (JsonLine if settings.log_format == "json" else TextLine)(app, _secrets(settings))
    file = SharedFileHandler(
        log_path(settings),
        max_bytes=settings.log_max_bytes,
        max_days=settings.log_max_days,
        keep=settings.log_keep,
    )
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler.formatter, Line)]:
        root.removeHandler(old)
        old.close()
    for handler in (logging.StreamHandler(), file):
        handler.setFormatter(line)
        root.addHandler(handler)
    root.setLevel(settings.log_level)
    for name in ("gunicorn.error", "gunicorn.access", "werkzeug"):  # these bring their own
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # six lines a start
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a closed console must not take a request down
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # not shown
    _configured[:] = [settings]


def _secrets(settings: Settings) -> list[str]:
    database_password = urlsplit(settings.database_url).password or ""
    return [settings.secret_key, database_password, settings.smtp_password]


class Line(logging.Formatter):
    """A record as one line; formatted once for both handlers."""

    def __init__(self, app: str, secrets: list[str]) -> None:
        super().__init__()
        self.app = app
        self.redact = redactor(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its newline."""
        kept: str | None = getattr(record, "triptych_line", None)
        if kept is None:
            kept = record.triptych_line = self.line(record)
        return kept

    def line(self, record: logging.LogRecord) -> str:
        """Build the line."""
        raise NotImplementedError  # text and JSON each have their own

    def request(self, line: RequestLine) -> str:
        """Build the line of a finished request."""
        raise NotImplementedError  # as above

    def message(self, record: logging.LogRecord) -> str:
        """Return the message with its arguments; wrong arguments are shown, not raised."""
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 - an argument's own __str__ may raise anything
            text = f"{record.msg!s} (its arguments do not fit)"
        return _cut(self.redact(text[: 2 * MAX_MESSAGE]), MAX_MESSAGE)

    def traceback(self, record: logging.LogRecord) -> str:
        """Return the exception's text and the stack, if the record carries any."""
        parts = [self.formatException(record.exc_info)] if record.exc_info else []
        parts += [record.stack_info] if record.stack_info else []
        return _cut(self.redact("\n".join(parts)[: 2 * MAX_TRACEBACK]), MAX_TRACEBACK)


class TextLine(Line):
    """The notes' format; a traceback follows on lines that begin with a bar."""

    def line(self, record: logging.LogRecord) -> str:
        """Build the line and the lines of its traceback."""
        head = f"{_moment(record.created)} - {record.name} - {record.levelname} - "
        origin = f"[{app_name.get() or self.app} {request_id.get()}] "
        line = escape(head + origin + self.message(record))
        for below in filter(None, self.traceback(record).split("\n")):
            line += "\n    | " + escape(below)
        return line

    def request(self, line: RequestLine) -> str:
        """Build the line of a finished request."""
        origin = f"[{line.app or self.app} {line.request_id}]"
        head = f"{_moment(line.created)} - {_access.name} - INFO - {origin} "
        return escape(head + self.redact(line.text()))


class JsonLine(Line):
    """One JSON object (RFC 8259) a line, the traceback inside it."""

    def line(self, record: logging.LogRecord) -> str:
        """Build the object."""
        values: dict[str, Any] = {
            "time": _moment(record.created),
            "level": record.levelname,
            "logger": record.name,
            "app": app_name.get() or self.app,
            "request_id": request_id.get(),
            "message": self.message(record),
        }
        trace = self.traceback(record)
        return self._object(
            values
            | self._safe(getattr(record, "fields", {}))
            | ({"exception": trace} if trace else {})
        )

    def request(self, line: RequestLine) -> str:
        """Build the object of a finished request."""
        values: dict[str, Any] = {
            "time": _moment(line.created),
            "level": "INFO",
            "logger": _access.name,
            "app": line.app or self.app,
            "request_id": line.request_id,
            "message": self.redact(line.text()),
        }
        return self._object(values | self._safe(line.fields()))

    def _safe(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: self.redact(value) if isinstance(value, str) else value
            for key, value in fields.items()
        }

    def _object(self, values: Mapping[str, Any]) -> str:
        return escape_json(json.dumps(values, ensure_ascii=False, default=str))


def log_request(
    method: str, path: str, status: int, *, size: int, ms: float, who: str = "", way: str = ""
) -> None:
    """Write the line of one finished request; its parts are fields of their own in JSON.

    `path` is the path as it was sent; its query is left out, since it may hold anything. `size` is
    in bytes, `ms` in milliseconds, `way` how the page store came by the answer.
    """
    if not _access.isEnabledFor(logging.INFO):
        return
    line = RequestLine(
        time.time(), app_name.get(), request_id.get(), method, path, status, size, ms, who, way
    )
    if not batches.add(line):
        # Made by hand: `info` would walk the stack for the caller, a fifth of this line's cost.
        record = logging.LogRecord(_access.name, logging.INFO, "", 0, line.text(), None, None)
        record.__dict__["fields"] = line.fields()
        _access.handle(record)


def begin_batches() -> None:
    """Write the lines of requests by the dozen from now on, at most 0.1 s after each.

    Writing one by one is a third of what a page from memory costs. What waits is written when the
    process ends; only a killed one can lose it. All other lines are written at once, as ever.
    """
    batches.begin(_write_requests)


def _write_requests(lines: Sequence[RequestLine]) -> None:
    for handler in logging.getLogger().handlers:
        if not isinstance(handler.formatter, Line):
            continue
        text = "".join(f"{handler.formatter.request(line)}\n" for line in lines)
        if isinstance(handler, SharedFileHandler):
            handler.append(text)
        elif isinstance(handler, logging.StreamHandler):
            with suppress(OSError, ValueError), handler.lock or nullcontext():
                handler.stream.write(text)
                handler.stream.flush()


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}… (cut)"


def _moment(created: float) -> str:
    seconds = int(created)
    return f"{_second(seconds)}.{int((created - seconds) * 1000):03d}Z"


@lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
