"""`/v1/users`: who calls."""

from api.callers import CLIENT, caller
from api.contract import Contract
from api.schemas.clients import ClientRef, Me, UserRef

users = Contract("users", "Who calls.")


@users("me", "GET", access=CLIENT, returns=Me)
def me() -> Me:
    """Tell the client who it is, for whom it acts and what it may do."""
    token = caller().token
    assert token is not None
    client, user = token.client, token.client.user
    return Me(
        client=ClientRef(client_id=client.client_id, name=client.name, type=client.type),
        user=UserRef(id=user.id, name=user.name, slug=user.slug, role=user.role) if user else None,
        scopes=token.scopes,
        expires_at=token.expires_at,
    )
