"""What every log line says about where it came from: the request and the application."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")
# Empty outside a mount: the line then names the process, as given to `logging.configure`.
app_name: ContextVar[str] = ContextVar("app_name", default="")


def request_urn() -> str:
    """Name the request at hand as answers and people repeat it."""
    return f"urn:triptych:request:{request_id.get()}"
