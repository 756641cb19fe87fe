"""Every page is revalidated by its bytes: a strong ETag, 304 when the reader has them already."""

from hashlib import blake2b

from flask import Flask, Response, request


def answer_conditionally(app: Flask) -> None:
    """Give finished answers `no-cache` and an ETag (RFC 9110, 8.8.3) and honour If-None-Match."""

    @app.after_request
    def revalidate(response: Response) -> Response:
        if response.direct_passthrough or request.endpoint == "static":
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code == 200 and request.method in {"GET", "HEAD"}:
            response.set_etag(blake2b(response.get_data(), digest_size=16).hexdigest())
            response.make_conditional(request.environ)
        return response
