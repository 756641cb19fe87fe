"""Pages may be kept by browsers and proxies, and are to be asked for again each time."""

from flask import Flask, Response


def ask_to_revalidate(app: Flask) -> None:
    """Give answers `no-cache` (RFC 9111, 5.2.2.4); the page store adds what they are told by."""

    @app.after_request
    def revalidate(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
