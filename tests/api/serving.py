"""A real HTTP server on a free port, for outsiders' tools."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import WSGIApplication

from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    """Keeps connections open and says nothing; the application writes its own log."""

    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """Serve an application for a while and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
