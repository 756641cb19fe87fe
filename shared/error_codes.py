"""The error codes of the API, each with the HTTP statuses that it comes with."""

from enum import IntEnum
from http import HTTPStatus
from typing import Self


class ErrorCode(IntEnum):
    """Every code that an answer may carry; documented in docs/api.md, which a test compares."""

    statuses: tuple[int, ...]
    meaning: str

    OK = 0, (200, 201, 202), "success"
    FAILURE = 999, (500, 503), "our fault, or not available now; nothing internal is shown"
    PARAMETER = 1000, (400, 408, 413, 414, 415, 422, 428), "a parameter, header or body is wrong"
    NOT_FOUND = 1001, (404, 410), "resource not found"
    SIGNATURE = 1002, (401,), "signature does not match"
    SIGNATURE_TIME = 1003, (401,), "signature time outside the allowed window"
    FORBIDDEN = 1004, (403,), "the client's scopes or role do not allow it"
    UNAUTHENTICATED = (
        1005,
        (401,),
        (
            "authentication failed: no credentials where they are needed, unknown client, "
            "wrong secret, expired or revoked token"
        ),
    )
    CLIENT_TYPE = 1006, (400,), "unknown or unsuitable client type"
    NO_SUCH_URL = 1007, (404,), "no such URL in the API"
    METHOD = 1008, (405,), "the URL exists, the method does not"
    CONFLICT = 1009, (409, 412), "conflict or stale version"
    THROTTLED = 1010, (429,), "too many requests"
    IDEMPOTENCY = 1011, (409, 422), "idempotency key reused with another request"

    def __new__(cls, value: int, statuses: tuple[int, ...], meaning: str) -> Self:
        """Make a member that is its number and knows its statuses and meaning."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.statuses = statuses
        member.meaning = meaning
        return member

    @property
    def urn(self) -> str:
        """The type of problem that it is (RFC 9457, 3.1.1)."""
        return f"urn:triptych:error:{int(self)}"

    @property
    def status(self) -> int:
        """The HTTP status that it usually comes with."""
        return self.statuses[0]


# Which code an HTTP status stands for when nothing more precise is known.
_BY_STATUS = {
    401: ErrorCode.UNAUTHENTICATED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NO_SUCH_URL,
    405: ErrorCode.METHOD,
    409: ErrorCode.CONFLICT,
    410: ErrorCode.NOT_FOUND,
    412: ErrorCode.CONFLICT,
    429: ErrorCode.THROTTLED,
}


def code_of(status: int) -> ErrorCode:
    """Return the code for an HTTP error that Werkzeug or Flask raised."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ErrorCode.FAILURE
    return _BY_STATUS.get(status, ErrorCode.PARAMETER)
