"""OAuth 2.0 client credentials (RFC 6749): how a client says who it is, and how it is refused."""

from dataclasses import dataclass
from urllib.parse import unquote_plus

from flask import request

from api.errors import ApiError
from api.schemas.clients import TokenRequest
from api.strict_json import BadJson, check_text
from shared.domain.clients import authenticate
from shared.error_codes import ErrorCode
from shared.models import ApiClient
from shared.web import runtime

BASIC = 'Basic realm="api", charset="UTF-8"'
WRONG = "The client is unknown or not approved, or its secret is wrong."
ONE_WAY = "Give the client's id and secret once: by HTTP Basic or in the body."


@dataclass(frozen=True)
class Credentials:
    """A client's id, and its secret in the readings that clients send it in."""

    client_id: str
    secrets: tuple[str, ...]


def read_credentials(body: TokenRequest) -> Credentials:
    """Read id and secret from HTTP Basic or the body; raises ApiError unless from one of them."""
    header = request.headers.get("Authorization")
    if header is None:
        if body.client_id is None or body.client_secret is None:
            raise invalid_client("Give client_id and client_secret, or HTTP Basic.")
        return Credentials(body.client_id, (body.client_secret,))
    basic = request.authorization
    if basic is None or basic.type != "basic" or basic.username is None or basic.password is None:
        raise invalid_client("The Authorization header is not of the form “Basic <id:secret>”.")
    if body.client_secret is not None or body.client_id not in {None, basic.username}:
        raise bad_request("invalid_request", ONE_WAY, {"client_id": ONE_WAY})
    # RFC 6749, 2.3.1 has both encoded as in a form; curl and many others send them plain.
    both = (basic.password, unquote_plus(basic.password))
    return Credentials(_clean(basic.username), tuple(dict.fromkeys(both)))


def find_client(given: Credentials) -> ApiClient:
    """Return the approved client with these credentials; raises ApiError.

    It is read outside the request's unit of work, so that no writer waits for the hashing.
    """
    with runtime().database.reading() as session:
        for secret in given.secrets:
            found = authenticate(session, given.client_id, secret)
            if found is not None:
                return found
    raise invalid_client(WRONG)


def invalid_client(detail: str) -> ApiError:
    """Return the refusal of a client; the challenge is that of RFC 6749, 5.2."""
    return ApiError(
        ErrorCode.UNAUTHENTICATED,
        detail,
        headers={"WWW-Authenticate": BASIC},
        extra=_members("invalid_client", detail),
    )


def bad_request(error: str, detail: str, errors: dict[str, str]) -> ApiError:
    """Return the refusal of a request; `error` is a code of RFC 6749, 5.2."""
    return ApiError(ErrorCode.PARAMETER, detail, errors=errors, extra=_members(error, detail))


def _members(error: str, detail: str) -> dict[str, str]:
    return {"error": error, "error_description": detail}


def _clean(client_id: str) -> str:
    try:
        check_text(client_id)
    except BadJson as error:
        raise invalid_client(WRONG) from error
    return client_id
