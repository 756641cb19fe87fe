"""Every failure of the console as a page that says what to do."""

import logging

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DatabaseError, DataError, OperationalError
from werkzeug.exceptions import HTTPException

from admin.account.identity import forget_me
from admin.languages import told
from shared.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Throttled
from shared.write_gate import DatabaseBusyError

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    Invalid: 422,
    Throttled: 429,
}
TITLES = {
    400: _l("This request could not be understood"),
    403: _l("You may not do this"),
    404: _l("There is nothing here"),
    405: _l("This address does not take that kind of request"),
    409: _l("This cannot be done now"),
    413: _l("This is too large"),
    422: _l("This cannot be stored"),
    429: _l("Too many attempts"),
    503: _l("The database is busy"),
}

# In the place of what Werkzeug says, which is English and of URLs.
TEXTS = {
    400: _l("Something in it is missing, or not of the kind that is asked for."),
    404: _l("Nothing stands at this address. It may have been moved or deleted since."),
    405: _l("Go back and use the buttons of the page, or begin at the dashboard."),
    413: _l("Send less at once."),
    429: _l("Wait a moment and try again."),
}

# Of a damaged file SQLite says no more than DatabaseError.
NO_ANSWER = {DatabaseError, OperationalError}


def register_errors(app: Flask) -> None:
    """Answer domain errors, HTTP errors and crashes with pages of the console."""
    app.register_error_handler(DomainError, show_domain_error)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(DatabaseBusyError, show_busy)
    app.register_error_handler(DatabaseError, show_busy)
    for unfit in (DataError, OverflowError):
        app.register_error_handler(unfit, show_unfit)
    app.register_error_handler(Exception, show_crash)
    app.after_request(forbid_storing)


def show_domain_error(error: DomainError) -> ResponseReturnValue:
    """Say what the domain refused."""
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    response = make_response(_page(status, told(error.message)), status)
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """Give Werkzeug's errors a page; redirects pass."""
    if error.code is None or error.code < 400:
        return error
    said = error.description or ""
    if said == type(error).description:
        said = str(TEXTS.get(error.code, said))
    response = make_response(_page(error.code, said), error.code)
    for name, value in error.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def show_busy(error: Exception) -> ResponseReturnValue:
    """Say that the database did not answer in time."""
    if isinstance(error, DatabaseError) and type(error) not in NO_ANSWER:
        return show_crash(error)  # it answered: a statement of ours is wrong
    log.error("the database did not answer: %s", type(error).__name__, exc_info=error)
    forget_me()  # who it is stands in the database
    text = _("Nothing was saved. Go back, where your text still is, and try again in a moment.")
    return make_response(_page(503, text), 503, {"Retry-After": "5"})


def show_unfit(error: Exception) -> ResponseReturnValue:
    """Refuse a value that no column holds, such as a number of thirty digits or a NUL."""
    log.info("a value does not fit: %s", type(error).__name__)
    return make_response(
        _page(400, _("Something in it is not of the kind that is asked for.")), 400
    )


def show_crash(error: Exception) -> ResponseReturnValue:
    """Say that it is our fault, in a page that needs nothing but its text."""
    log.error("a console page failed", exc_info=error)
    request_id = request.environ.get("triptych.request_id", "")
    return make_response(render_template("errors/crash.html", request_id=request_id), 500)


def forbid_storing(response: Response) -> Response:
    """Keep pages of the console out of every cache."""
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(status: int, text: str) -> str:
    about = {"title": TITLES.get(status, _("This did not work")), "status": status, "text": text}
    try:
        return render_template("errors/error.html", **about)
    except DatabaseError:  # it was asked who is signed in
        forget_me()
        return render_template("errors/error.html", **about)
