"""Nothing typed is lost: a form posted after the session ended survives signing in again.

The posted fields travel sealed in the sign-in page, and are offered for sending once more when
the person is known. Only forms of our own origin are kept: with a SameSite cookie, a page of
someone else always arrives here as if signed out.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from admin.account.forms import LoginForm
from admin.account.safe_next import here, is_safe

MAX_SEALED = 7_000_000
MAX_FIELDS = 1_000
SECRETS = ("csrf_token", "password", "current", "repeat")


@dataclass(frozen=True)
class Kept:
    """A form that was posted: the path it was for, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a reader to the sign-in page; keep what a writer has posted in that page."""
    if request.accept_mimetypes.best == "application/json":  # a script keeps what it sends
        return jsonify(reason="signed-out"), 401
    kept = kept_form() if request.method == "POST" else None
    if kept is None:
        return redirect(url_for("account.login", next=here()), 303)
    form = LoginForm(formdata=None, resume=seal(kept))
    return make_response(
        render_template("account/login.html", form=form, kept=kept, unowned=False), 401
    )


def kept_form() -> Kept | None:
    """Return the form posted in this request, None when it is not ours or holds too much."""
    if not is_own_origin():
        return None
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(secret in name for secret in SECRETS)
    )
    size = sum(len(name) + len(value) for name, value in fields)
    if not fields or len(fields) > MAX_FIELDS or size > MAX_SEALED:
        return None
    return Kept(here(), fields)


def is_own_origin() -> bool:
    """Tell whether a request comes from a page of this host, as far as the browser says."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def seal(kept: Kept) -> str:
    """Return a form as text that only this console can have written."""
    return str(_serializer().dumps([kept.path, kept.fields]))


def unseal(sealed: str | None) -> Kept | None:
    """Return the form in a sealed text, None when it is not ours."""
    if not sealed:
        return None
    try:
        path, fields = _serializer().loads(sealed)
    except BadData:
        return None
    if not is_safe(path, root=request.script_root):
        return None
    return Kept(path, tuple((str(name), str(value)) for name, value in fields))


def _serializer() -> URLSafeSerializer:
    secret = current_app.secret_key
    assert secret is not None
    return URLSafeSerializer(secret, salt="resume")
