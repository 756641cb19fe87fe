"""Security headers of every answer: a strict content policy, no sniffing, no framing."""

import secrets
from typing import cast

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


def allow(**policy: str) -> None:
    """Change the content policy of this one answer, where a page needs more than its app's."""
    g.policy = _allowed() | policy


def _allowed() -> dict[str, str]:
    return cast("dict[str, str]", g.get("policy", {}))


def security_headers(*, nonce: str = "", **policy: str) -> list[tuple[str, str]]:
    """Return what an app's answers carry; `policy` replaces directives (`_` for `-`)."""
    directives = POLICY | {name.replace("_", "-"): value for name, value in policy.items()}
    if nonce:
        directives["style-src"] += f" 'nonce-{nonce}'"
    value = "; ".join(f"{name} {sources}" for name, sources in directives.items())
    # The older header knows no list of hosts: it stands only where nobody may frame the page.
    is_framed = directives["frame-ancestors"] != "'none'"
    fixed = [pair for pair in FIXED if not (is_framed and pair[0] == "X-Frame-Options")]
    return [("Content-Security-Policy", value), *fixed]


def add_security_headers(app: Flask, **policy: str) -> None:
    """Give every answer of an app its security headers, where a view has not set its own."""
    usual = security_headers(**policy)

    @app.after_request
    def add(response: Response) -> Response:
        headers = usual
        if "nonce" in g or "policy" in g:
            headers = security_headers(nonce=g.get("nonce", ""), **(policy | _allowed()))
        own = {name.lower() for name, _ in response.headers}
        for name, value in headers:
            if name.lower() not in own:
                response.headers.add(name, value)
        return response
