"""Who calls: nobody in particular, or a client by its bearer token (RFC 6750)."""

from dataclasses import dataclass
from typing import Final, cast

from flask import g, request

from api.errors import ApiError
from shared.domain.clients import actor_of, find_token
from shared.domain.permissions import Permission
from shared.domain.work import Actor, Work
from shared.error_codes import ErrorCode
from shared.log_context import request_id
from shared.models import ApiToken
from shared.web import now, runtime, session
from shared.web.context import SAFE_METHODS

PUBLIC: Final = "public"  # anyone may
CLIENT: Final = "client"  # any client with a good token may
CREDENTIALS: Final = "credentials"  # a client's id and secret, which the view itself checks
REALM: Final = 'Bearer realm="api"'
UNKNOWN = "This token is unknown, expired or revoked; take a new one at /v1/client/token."
NEEDED = "This needs a bearer token; take one at /v1/client/token."
NOT_BEARER = "The Authorization header is not of the form “Bearer <token>”."


@dataclass(frozen=True)
class Caller:
    """Who sent the request at hand; `token` is None for anyone."""

    actor: Actor
    token: ApiToken | None = None

    def has(self, permission: Permission) -> bool:
        """Tell whether the caller's scopes, within its user's role, hold a permission."""
        return permission in self.actor.permissions


ANYONE: Final = Caller(Actor(kind="anonymous", name="anonymous"))


def admit(access: str) -> Caller:
    """Authenticate the request and let it in; `access` is PUBLIC, CREDENTIALS, CLIENT or a scope.

    A wrong credential is refused even where none is needed.
    """
    found = g.caller = ANYONE if access == CREDENTIALS else _authenticate()
    if access in {PUBLIC, CREDENTIALS}:
        return found
    if found.token is None:
        raise ApiError(ErrorCode.UNAUTHENTICATED, NEEDED, headers={"WWW-Authenticate": REALM})
    if access not in {CLIENT, *found.token.scopes}:
        raise missing_scope(access)
    return found


def caller() -> Caller:
    """Return who sent the request at hand."""
    return cast("Caller", g.caller)


def work() -> Work:
    """Return the request's unit of work, done by its caller."""
    return Work(session=session(), actor=caller().actor, at=now(), request_id=request_id.get())


def missing_scope(scope: str) -> ApiError:
    """Return the refusal that names a scope which the caller lacks."""
    if caller().token is None:
        return ApiError(ErrorCode.UNAUTHENTICATED, NEEDED, headers={"WWW-Authenticate": REALM})
    challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
    return ApiError(
        ErrorCode.FORBIDDEN,
        f"This needs the scope {scope}, which the token does not have.",
        headers={"WWW-Authenticate": challenge},
    )


def _authenticate() -> Caller:
    header = request.headers.get("Authorization")
    if header is None:
        return ANYONE
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _refuse("invalid_request", NOT_BEARER)
    found = _find(token.strip())
    if found is None:
        raise _refuse("invalid_token", UNKNOWN)
    g.who = f"client:{found.client.client_id}"
    return Caller(actor_of(found), found)


def _find(token: str) -> ApiToken | None:
    """Read the token; not in the unit of work, or all writers would wait for a slow body."""
    if request.method in SAFE_METHODS:
        return find_token(session(), token, at=now())
    with runtime().database.reading() as reading:
        return find_token(reading, token, at=now())


def _refuse(error: str, detail: str) -> ApiError:
    challenge = f'{REALM}, error="{error}"'
    return ApiError(ErrorCode.UNAUTHENTICATED, detail, headers={"WWW-Authenticate": challenge})
