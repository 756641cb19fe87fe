"""Logging for every app and command: one set-up per process, one line per event, no secrets.

A line of text is the notes' format, with the app and the request in front of the message:
`2026-11-23T10:15:30.123Z - shared.domain.posts - INFO - [admin 6f1c…] published post 12`.
"""

import json
import logging
import time
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from shared.log_context import app_name, request_id
from shared.log_redaction import escape, escape_json, redactor
from shared.log_rotation import SharedFileHandler
from shared.settings import Settings

MAX_MESSAGE = 8_192
MAX_TRACEBACK = 65_536
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))

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
    return [settings.secret_key, urlsplit(settings.database_url).password or ""]


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
        for key, value in getattr(record, "fields", {}).items():
            values[key] = self.redact(value) if isinstance(value, str) else value
        if trace := self.traceback(record):
            values["exception"] = trace
        return escape_json(json.dumps(values, ensure_ascii=False, default=str))


def access_line(
    method: str, path: str, status: int, *, size: int, ms: float, who: str = "", way: str = ""
) -> str:
    """Describe one finished request: `GET /page/x/ 200 5123 1.8 user:7`.

    `path` is the path as it was sent; its query is left out, since it may hold anything. `size` is
    in bytes, `ms` in milliseconds, `way` how the page store came by the answer.
    """
    path = path.partition("?")[0]
    line = f"{_word(method)} {_word(path)} {status} {size} {ms:.1f} {_word(who) or '-'}"
    return f"{line} {way}" if way else line


def log_request(
    method: str, path: str, status: int, *, size: int, ms: float, who: str = "", way: str = ""
) -> None:
    """Write the line of one finished request; its parts are fields of their own in JSON."""
    if _access.isEnabledFor(logging.INFO):
        line = access_line(method, path, status, size=size, ms=ms, who=who, way=way)
        # Made by hand: `info` would walk the stack for the caller, a fifth of this line's cost.
        record = logging.LogRecord(_access.name, logging.INFO, "", 0, line, None, None)
        fields = {
            "method": method,
            "path": line.split(" ", 2)[1],
            "status": status,
            "bytes": size,
            "who": who,
            "ms": round(ms, 1),
        }
        record.__dict__["fields"] = fields | {"way": way} if way else fields
        _access.handle(record)


def _word(text: str) -> str:
    plain = text.isascii() and text.isprintable() and " " not in text
    return text if plain else quote(text, safe=PRINTABLE)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}… (cut)"


def _moment(created: float) -> str:
    seconds = int(created)
    return f"{_second(seconds)}.{int((created - seconds) * 1000):03d}Z"


@lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
