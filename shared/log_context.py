"""What every log line says about where it came from: the request and the application."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")
# Empty outside a mount: the line then names the process, as given to `logging.configure`.
app_name: ContextVar[str] = ContextVar("app_name", default="")
