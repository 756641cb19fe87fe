"""Every exception below /api becomes the same JSON; nothing internal gets out."""

import logging

from flask import Flask, Response
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError

from api.envelope import problem_response
from shared.domain.clients import UnknownClientType
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, Stale, Throttled
from shared.error_codes import ErrorCode, code_of
from shared.write_gate import DatabaseBusyError

logger = logging.getLogger(__name__)

RETRY_SECONDS = 2
# What the verbs call a field where the API calls it something else.
FIELD_NAMES = {
    "body": "markdown",
    "parent": "parent_id",
    "publish_at": "at",
    "unpublish_at": "until",
}
NO_SUCH_URL = "There is no such URL in the API; see /api/ for those there are."
BUSY = "The database is busy or cannot be reached; try again shortly."
CRASHED = "The server failed at this request; the failure is on record."


class ApiError(Exception):
    """A request that is refused; the arguments are those of `problem_response`."""

    def __init__(
        self,
        code: ErrorCode,
        detail: str,
        *,
        status: int = 0,
        errors: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        extra: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.status, self.detail = code, status or code.status, detail
        self.errors, self.headers, self.extra = errors, headers, extra


def register_errors(app: Flask) -> None:
    """Answer every failure of an application in the API's form."""
    app.register_error_handler(ApiError, _refused)
    app.register_error_handler(NotFound, lambda error: _said(ErrorCode.NOT_FOUND, error.message))
    app.register_error_handler(Forbidden, lambda error: _said(ErrorCode.FORBIDDEN, error.message))
    app.register_error_handler(Conflict, lambda error: _said(ErrorCode.CONFLICT, error.message))
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(UnknownClientType, _client_type)
    app.register_error_handler(Throttled, _throttled)
    for busy in (DatabaseBusyError, OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(busy, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crashed)


def _said(code: ErrorCode, message: str) -> Response:
    return problem_response(code, code.status, message)


def _refused(error: ApiError) -> Response:
    return problem_response(
        error.code,
        error.status,
        error.detail,
        errors=error.errors,
        headers=error.headers,
        extra=error.extra,
    )


def _stale(error: Stale) -> Response:
    said = {"version": f"{error.given} was given, {error.current} is current."}
    return problem_response(ErrorCode.CONFLICT, 409, error.message, errors=said)


def _invalid(error: Invalid) -> Response:
    errors = {FIELD_NAMES.get(name, name): said for name, said in error.errors.items()}
    return problem_response(ErrorCode.PARAMETER, 422, summary(errors), errors=errors)


def _client_type(error: UnknownClientType) -> Response:
    return problem_response(ErrorCode.CLIENT_TYPE, 400, error.errors["type"], errors=error.errors)


def _throttled(error: Throttled) -> Response:
    wait = {"Retry-After": str(error.retry_after)}
    return problem_response(ErrorCode.THROTTLED, 429, error.message, headers=wait)


def _busy(error: Exception) -> Response:
    logger.warning("the database is not available: %s", getattr(error, "orig", error))
    wait = {"Retry-After": str(RETRY_SECONDS)}
    return problem_response(ErrorCode.FAILURE, 503, BUSY, headers=wait)


def _http(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        return _crashed(error.original_exception or error)
    status = error.code or 500
    code = code_of(status)
    detail = NO_SUCH_URL if status == 404 else error.description or code.meaning
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    return problem_response(code, status, detail, headers=headers)


def _crashed(error: BaseException) -> Response:
    logger.error("the API failed at a request", exc_info=error)
    return problem_response(ErrorCode.FAILURE, 500, CRASHED)


def summary(errors: dict[str, str]) -> str:
    """Return one sentence that names every field that is wrong."""
    return f"Wrong: {', '.join(errors)}." if len(errors) != 1 else ": ".join(*errors.items())
