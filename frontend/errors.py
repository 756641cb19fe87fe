"""Trouble, told in the site's own design; a missing page may have moved, and offers the search."""

import logging

from flask import Flask, Response, make_response, request
from sqlalchemy.exc import DatabaseError, DataError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import Gone, HTTPException, NotFound, ServiceUnavailable

from frontend.frame import Frame, bare_frame, frame
from frontend.head import Head
from frontend.old_urls import find_move
from frontend.pagestore import OUTAGE
from frontend.templating import show_bare
from shared.domain import errors as domain
from shared.write_gate import DatabaseBusyError

logger = logging.getLogger(__name__)

UNAVAILABLE = (DatabaseError, InterfaceError, PoolTimeoutError)
RETRY_SECONDS = 10
OWN_FAULT = 500
STATUSES = {
    domain.NotFound: 404,
    domain.Forbidden: 403,
    domain.Invalid: 400,
    domain.Throttled: 429,
}


def explain(app: Flask) -> None:
    """Register a page for every kind of trouble."""
    app.before_request(_spare_the_database)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(domain.DomainError, _refused)
    for kind in UNAVAILABLE:
        app.register_error_handler(kind, _unavailable)
    app.register_error_handler(DatabaseBusyError, _busy)
    for unfit in (DataError, OverflowError):
        app.register_error_handler(unfit, _unfit)


def error_page(error: HTTPException) -> Response:
    """Return the page of an HTTP error with the headers that belong to it."""
    status = error.code or OWN_FAULT
    if status < 400:
        return make_response(error.get_response())
    known = _frame(status).words.trouble
    title, advice = known.get(status) or known[400 if status < OWN_FAULT else OWN_FAULT]
    head = Head(title=title, path="", is_indexed=False)
    response = make_response(
        show_bare("errors/error.html", head, status=status, advice=advice), status
    )
    for name, value in error.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    response.headers["Cache-Control"] = "no-store" if status >= OWN_FAULT else "no-cache"
    return response


def _frame(status: int) -> Frame:
    """Read the frame for a visitor's mistake; when the fault is ours, ask the database nothing."""
    try:
        return bare_frame() if status >= OWN_FAULT else frame()
    except UNAVAILABLE:
        return bare_frame()


def _spare_the_database() -> None:
    """Refuse at once when it is known that the database does not answer."""
    if OUTAGE in request.environ:
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)


def _not_found(error: NotFound) -> Response:
    """Answer with the redirect that an old address left behind, or with the page."""
    try:
        moved = find_move(request.path) if request.method in {"GET", "HEAD"} else None
    except Gone as gone:
        return error_page(gone)
    except UNAVAILABLE as broken:
        return _unavailable(broken)
    return moved or error_page(error)


def _refused(error: domain.DomainError) -> Response:
    refused = HTTPException()
    refused.code = next(
        (status for kind, status in STATUSES.items() if isinstance(error, kind)), 400
    )
    response = error_page(refused)
    if isinstance(error, domain.Throttled):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _unfit(_: Exception) -> Response:
    """Answer for what no column holds, such as a number of thirty digits: so nothing is there."""
    return error_page(NotFound())


def _busy(_: Exception) -> Response:
    """Say that others are writing; trying again helps."""
    return error_page(ServiceUnavailable(retry_after=RETRY_SECONDS))


def _unavailable(error: Exception) -> Response:
    """Say that the database does not answer; what it said goes to the log alone."""
    request.environ[OUTAGE] = True
    logger.error("the database does not answer", exc_info=error)
    return error_page(ServiceUnavailable(retry_after=RETRY_SECONDS))
