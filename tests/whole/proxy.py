"""A reverse proxy that serves the platform below a prefix, as an operator's would."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade"}


class Handler(BaseHTTPRequestHandler):
    """Strips the prefix, says so in the forwarded headers, and passes everything on."""

    backend: str
    prefix: str
    public: str

    def pass_on(self) -> None:
        """Answer one request with what the backend answers."""
        if not self.path.startswith(f"{self.prefix}/"):
            self.send_error(404, "Outside of the prefix")
            return
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        connection = http.client.HTTPConnection(self.backend, timeout=30)
        try:
            path = self.path.removeprefix(self.prefix)
            connection.request(self.command, path, body, self._headers())
            self._answer(connection.getresponse())
        finally:
            connection.close()

    do_GET = do_HEAD = do_POST = do_OPTIONS = pass_on  # noqa: N815 - the names are http.server's

    def _headers(self) -> dict[str, str]:
        public = urlsplit(self.public)
        kept = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        return kept | {
            "Host": self.backend,
            "X-Forwarded-For": "203.0.113.9",
            "X-Forwarded-Host": public.netloc,
            "X-Forwarded-Proto": public.scheme,
            "X-Forwarded-Prefix": self.prefix,
        }

    def _answer(self, answer: http.client.HTTPResponse) -> None:
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.read())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def proxying(address: str, *, prefix: str, public: str) -> Iterator[str]:
    """Serve what is at `address` below a prefix; give the address to ask.

    `public` is the origin that visitors are said to see.
    """
    parts = {"backend": urlsplit(address).netloc, "prefix": prefix, "public": public}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Proxy", (Handler,), parts))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
