"""Security headers of every answer: a strict content policy, no sniffing, no framing."""

import secrets

from flask import Flask, Response, g

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: https:",
    "media-src": "'self' https:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def nonce() -> str:
    """Return this request's nonce for a style or script element that must stand in the page."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def add_security_headers(app: Flask, **policy: str) -> None:
    """Give every answer of an app the headers; `policy` replaces directives (`_` for `-`)."""
    directives = POLICY | {name.replace("_", "-"): value for name, value in policy.items()}

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        allowed = dict(directives)
        if "nonce" in g:
            allowed["style-src"] += f" 'nonce-{g.nonce}'"
        value = "; ".join(f"{name} {sources}" for name, sources in allowed.items())
        headers.setdefault("Content-Security-Policy", value)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        return response
