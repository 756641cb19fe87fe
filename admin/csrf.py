"""Every unsafe request proves that it comes from a form of ours."""

from flask import Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from admin.account.login import ask_again
from admin.account.resume import kept_form


def register_csrf(app: Flask) -> None:
    """Check the token of every unsafe request, whatever the view.

    A token lasts as long as its session, so that a form left open overnight can be sent. The
    referrer is not asked for: some browsers withhold it, and the token with a SameSite cookie
    is enough.
    """
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, show_unverified)


def show_unverified(_: CSRFError) -> ResponseReturnValue:
    """Say that nothing was saved, and offer to send the same form again."""
    if request.endpoint == "account.login":
        return ask_again()
    page = render_template("errors/unverified.html", kept=kept_form())
    return make_response(page, 400)
