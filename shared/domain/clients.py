"""Clients of the API: they register, an owner approves them, they take tokens."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from shared.content.lines import one_line
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.passwords import hash_password as hash_secret
from shared.domain.passwords import hash_token, new_token, verify_password
from shared.domain.permissions import ROLE_PERMISSIONS, SCOPE_PERMISSIONS, Permission
from shared.domain.work import Actor, Work, check_version
from shared.models import CLIENT_TYPES, ApiClient, ApiToken, User
from shared.saying import say

READ_ONLY = frozenset(scope for scope in SCOPE_PERMISSIONS if scope.endswith(":read"))
MIN_SECRET = 16


class UnknownClientType(Invalid):
    """The client type is none of ours."""


def register_client(
    *,
    name: str,
    type: str,  # noqa: A002 - the field's name in the API
    contact: str,
    secret: str | None,
    scopes: Iterable[str],
    work: Work,
) -> tuple[ApiClient, str]:
    """Make a pending client; return it and its secret, which is kept only as a hash.

    Anyone may: the client can do nothing until an owner approves it. Raises UnknownClientType
    and Invalid naming the field.
    """
    if type not in CLIENT_TYPES:
        raise UnknownClientType(
            {"type": say("Choose one of %(choices)s.", choices=", ".join(CLIENT_TYPES))}
        )
    _check(name=name, contact=contact, secret=secret)
    wished = _known_scopes(scopes, type)
    secret = secret or new_token()
    client = ApiClient(
        client_id=f"tc_{secrets.token_hex(12)}",
        name=one_line(name),
        type=type,
        contact=contact.strip(),
        secret_hash=hash_secret(secret),
        wished_scopes=wished,
        scopes=[],
        state="pending",
        version=1,
        epoch=1,
        created_at=work.at,
        updated_at=work.at,
    )
    work.session.add(client)
    work.record("client.registered", client, client.name, type=type, wished=wished)
    return client, secret


def get_client(session: Session, client_id: int) -> ApiClient:
    """Return the client with this id; raises NotFound."""
    found = session.get(ApiClient, client_id)
    if found is None:
        raise NotFound(say("There is no client %(id)s.", id=client_id))
    return found


def approve_client(
    client: ApiClient,
    *,
    scopes: Iterable[str],
    user: User | None = None,
    version: int | None = None,
    work: Work,
) -> None:
    """Let a client in with these scopes; one of type `user` acts within `user`'s own role."""
    work.require(Permission.CLIENTS_EDIT)
    if client.type == "user" and user is None:
        raise Invalid({"user": say("A client of type user needs a user to act for.")})
    given = _known_scopes(scopes, client.type)
    check_version(client, version, work=work)
    if set(client.scopes) - set(given) or client.user_id != (user.id if user else None):
        client.epoch += 1  # what it could do before and no longer may ends with its tokens
    client.scopes, client.user, client.state = given, user, "approved"
    client.updated_at = work.at
    work.record("client.approved", client, client.name, scopes=given)


def revoke_client(client: ApiClient, *, work: Work) -> None:
    """Shut a client out at once; its tokens end."""
    work.require(Permission.CLIENTS_EDIT)
    if client.state == "revoked":
        raise Conflict(say("This client is revoked already."))
    check_version(client, None, work=work)
    client.state, client.epoch, client.updated_at = "revoked", client.epoch + 1, work.at
    work.record("client.revoked", client, client.name)


def authenticate(session: Session, client_id: str, secret: str) -> ApiClient | None:
    """Return the approved client with these credentials, else None, in about the same time."""
    client = session.scalar(select(ApiClient).where(ApiClient.client_id == client_id))
    right = verify_password(client.secret_hash if client else "", secret)
    return client if client is not None and right and client.state == "approved" else None


def issue_token(
    client: ApiClient, *, scopes: Iterable[str], life: timedelta, work: Work
) -> tuple[str, list[str]]:
    """Give a client a bearer token; return it and its scopes, by default all of the client's."""
    asked = list(dict.fromkeys(scopes)) or list(client.scopes)
    if beyond := [scope for scope in asked if scope not in client.scopes]:
        raise Invalid(
            {"scope": say("This client was not given %(scopes)s.", scopes=", ".join(beyond))}
        )
    token = f"tt_{new_token()}"
    work.session.add(
        ApiToken(
            client_id=client.id,
            token_hash=hash_token(token),
            scopes=asked,
            epoch=client.epoch,
            created_at=work.at,
            expires_at=work.at + life,
        )
    )
    work.session.execute(
        update(ApiClient).where(ApiClient.id == client.id).values(last_used_at=work.at)
    )
    work.record("client.token_issued", client, client.name, scopes=asked)
    return token, asked


def find_token(session: Session, token: str, *, at: datetime) -> ApiToken | None:
    """Return a bearer token while it and its client are good, else None."""
    found = session.scalar(
        select(ApiToken)
        .where(ApiToken.token_hash == hash_token(token))
        .options(joinedload(ApiToken.client).joinedload(ApiClient.user))
    )
    if found is None or found.revoked_at is not None or found.expires_at <= at:
        return None
    client = found.client
    good = client.state == "approved" and client.epoch == found.epoch
    return found if good and (client.user is None or client.user.disabled_at is None) else None


def actor_of(token: ApiToken) -> Actor:
    """Return the actor that a token stands for: its scopes, within the role of its user."""
    permissions: frozenset[Permission] = frozenset().union(
        *(SCOPE_PERMISSIONS[scope] for scope in token.scopes if scope in SCOPE_PERMISSIONS)
    )
    user = token.client.user
    if user is not None:
        permissions &= ROLE_PERMISSIONS[user.role]
    return Actor(
        kind="client",
        name=token.client.name,
        id=token.client.id,
        user_id=user.id if user else None,
        permissions=permissions,
    )


def _check(*, name: str, contact: str, secret: str | None) -> None:
    errors = {}
    if not 1 <= len(one_line(name)) <= 100:
        errors["name"] = say("Give %(least)s to %(most)s characters.", least=1, most=100)
    if len(contact) > 254:
        errors["contact"] = say("Give at most %(most)s characters.", most=254)
    if secret is not None and not MIN_SECRET <= len(secret) <= 200:
        errors["secret"] = say(
            "Give %(least)s to %(most)s characters, or leave it out to get one.",
            least=MIN_SECRET,
            most=200,
        )
    if errors:
        raise Invalid(errors)


def _known_scopes(scopes: Iterable[str], type_: str) -> list[str]:
    asked = sorted(set(scopes))
    allowed = READ_ONLY if type_ == "readonly" else frozenset(SCOPE_PERMISSIONS)
    if unknown := [scope for scope in asked if scope not in allowed]:
        known = ", ".join(sorted(allowed))
        raise Invalid(
            {
                "scopes": say(
                    "Not for this type: %(unknown)s. Allowed: %(known)s.",
                    unknown=", ".join(unknown),
                    known=known,
                )
            }
        )
    return asked
