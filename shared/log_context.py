"""What every log line says about where it came from: the request and the application."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")
app_name: ContextVar[str] = ContextVar("app_name", default="server")
