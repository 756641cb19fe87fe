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
FIXED = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)


def nonce() -> str:
    """Return this request's nonce for a style or script element that must stand in the page."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def security_headers(*, nonce: str = "", **policy: str) -> list[tuple[str, str]]:
    """Return what an app's answers carry; `policy` replaces directives (`_` for `-`)."""
    directives = POLICY | {name.replace("_", "-"): value for name, value in policy.items()}
    if nonce:
        directives["style-src"] += f" 'nonce-{nonce}'"
    value = "; ".join(f"{name} {sources}" for name, sources in directives.items())
    return [("Content-Security-Policy", value), *FIXED]


def add_security_headers(app: Flask, **policy: str) -> None:
    """Give every answer of an app its security headers, where a view has not set its own."""
    usual = security_headers(**policy)

    @app.after_request
    def add(response: Response) -> Response:
        headers = security_headers(nonce=g.nonce, **policy) if "nonce" in g else usual
        own = {name.lower() for name, _ in response.headers}
        for name, value in headers:
            if name.lower() not in own:
                response.headers.add(name, value)
        return response
