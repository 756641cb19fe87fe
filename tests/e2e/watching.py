"""What a browser complains about: broken policy, script errors, failed and foreign requests."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOUD = {"error", "warning", "assert"}
STATUS = "Failed to load resource: the server responded with a status of"


class Watch:
    """Writes down every complaint of a browser context that is not expected."""

    def __init__(self, address: str) -> None:
        self.complaints: list[str] = []
        self._address = address
        self._expected: set[int] = set()
        self._paused = False

    def observe(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Take answers of these statuses for what they should be."""
        self._expected = set(statuses)
        yield
        self._expected = set()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Hear nothing, while a tool of ours works in the page."""
        self._paused = True
        yield
        self._paused = False

    def _say(self, text: str) -> None:
        if not self._paused:
            self.complaints.append(text)

    def _on_console(self, message: ConsoleMessage) -> None:
        # The status of an answer is heard from the answer itself.
        if message.type in LOUD and not message.text.startswith(STATUS):
            self._say(f"console {message.type}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self._say(f"script error: {error.error}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._address}/", "data:", "blob:", "about:")):
            self._say(f"foreign request: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before the answer came
            self._say(f"failed: {request.method} {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._say(f"answered {response.status}: {response.request.method} {response.url}")
